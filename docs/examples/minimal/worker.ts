/**
 * The heart of callbatch in one file: a batch that dials its people in the background, and a ledger that never lets all
 * batches together have more calls than `LIMIT`. It has no keys, no retries and no hours; read it to see how a call is
 * never placed twice although requests, answers and whole machines get lost.
 *
 * The carrier is any HTTP service with three requests (`README.md` beside this file):
 * - `PUT /calls/{id}` `{to, callback}` places a call under our id: 201, or 4xx where it refuses.
 * - `GET /calls/{id}`: 200 `{ended}`, or 404 where it never heard of the id.
 * - It sends `POST {callback}` when the call has ended.
 */

import { DurableObject } from "cloudflare:workers";

type Env = {
  readonly BATCH: DurableObjectNamespace<Batch>;
  readonly LEDGER: DurableObjectNamespace<Ledger>;
  readonly CARRIER_URL: string;
  readonly PUBLIC_URL: string;
  /** Calls at once of all batches together. */
  readonly LIMIT: number;
  /** So long a request to the carrier may take; a call that is silent twice as long is asked about. */
  readonly PATIENCE_MS: number;
};

const ledgerOf = (env: Env) => env.LEDGER.getByName("the only one");
const batchOf = (env: Env, id: string) => env.BATCH.getByName(id);

// ---------------------------------------------------------------- The ledger

/** A batch in line. It asks once for `wants` slots, gets all of them or none, and gives back those that it needs no more. */
type Claim = { batch: string; place: number; wants: number; holds: number };

/** Who may hold how many slots. The oldest claim goes first, and a smaller one does not overtake it. */
export class Ledger extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS claims (
      place INTEGER PRIMARY KEY AUTOINCREMENT, batch TEXT UNIQUE NOT NULL, wants INTEGER NOT NULL, holds INTEGER NOT NULL
    )`);
  }

  /** How many slots the batch holds now. Safe to repeat: a batch has one place in the line. */
  async ask(batch: string, wants: number): Promise<number> {
    this.ctx.storage.sql.exec(
      "INSERT INTO claims (batch, wants, holds) VALUES (?, ?, 0) ON CONFLICT (batch) DO NOTHING",
      batch,
      Math.min(wants, this.env.LIMIT),
    );
    await this.#grant();
    const claims = this.ctx.storage.sql.exec<Claim>("SELECT * FROM claims WHERE batch = ?", batch);
    return claims.toArray()[0]?.holds ?? 0;
  }

  /** Keeps `holds` slots at most and frees the others. Safe to repeat: it names what stays, not what goes. */
  async keep(batch: string, holds: number): Promise<void> {
    const { sql } = this.ctx.storage;
    if (holds === 0) sql.exec("DELETE FROM claims WHERE batch = ?", batch);
    else sql.exec("UPDATE claims SET holds = MIN(holds, ?) WHERE batch = ?", holds, batch);
    await this.#grant();
  }

  /** A grant that a batch does not hear is stored all the same: it hears of it when it asks again. */
  async #grant(): Promise<void> {
    const { sql } = this.ctx.storage;
    let free = this.env.LIMIT - sql.exec<{ used: number }>("SELECT TOTAL(holds) AS used FROM claims").one().used;
    const granted: Claim[] = [];
    for (const claim of sql.exec<Claim>("SELECT * FROM claims WHERE holds = 0 ORDER BY place").toArray()) {
      if (claim.wants > free) break;
      sql.exec("UPDATE claims SET holds = wants WHERE place = ?", claim.place);
      free -= claim.wants;
      granted.push(claim);
    }
    // Durable before anything is told: a slot that two batches believe in would be one call too many.
    await this.ctx.storage.sync();
    await Promise.allSettled(granted.map(({ batch, wants }) => batchOf(this.env, batch).granted(wants)));
  }
}

// ---------------------------------------------------------------- A batch

/**
 * `waiting` → `placing` (the intent is stored, the request may have left) → `calling` → `done`; or `failed`. From `placing`
 * nothing leads back to `waiting`: a call that may exist is asked for, never placed again.
 */
type Status = "waiting" | "placing" | "calling" | "done" | "failed";
type Person = { position: number; to_number: string; status: Status; call: string | null; since: number | null };

export class Batch extends DurableObject<Env> {
  /** Slots granted. After a restart 0, until the ledger has been asked again. */
  #slots = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS people (
      position INTEGER PRIMARY KEY, to_number TEXT NOT NULL, status TEXT NOT NULL, call TEXT, since INTEGER
    )`);
    ctx.storage.sql.exec("CREATE INDEX IF NOT EXISTS by_status ON people (status, position)");
  }

  get #id(): string {
    return this.ctx.id.name ?? "";
  }

  /** Safe to repeat: people are stored once, by their position. */
  async create(numbers: readonly string[]): Promise<void> {
    this.ctx.storage.transactionSync(() => {
      numbers.forEach((to_number, position) => {
        const sql = "INSERT INTO people (position, to_number, status) VALUES (?, ?, 'waiting') ON CONFLICT DO NOTHING";
        this.ctx.storage.sql.exec(sql, position, to_number);
      });
    });
    // The alarm comes first: if the machine ends here, the alarm asks the ledger.
    await this.ctx.storage.setAlarm(Date.now() + this.env.PATIENCE_MS);
    await this.#askLedger();
  }

  read(): Person[] {
    return this.ctx.storage.sql.exec<Person>("SELECT * FROM people ORDER BY position").toArray();
  }

  async granted(slots: number): Promise<void> {
    this.#slots = slots;
    this.ctx.waitUntil(this.#dial());
  }

  /** The carrier reports an end. Reports come late, twice and for calls that are over: only the first changes a row. */
  async ended(call: string): Promise<void> {
    this.#settle(call, "done");
    await this.#dial();
  }

  /** Wakes until everybody is over, and so heals what a crash or a lost message left. */
  override async alarm(): Promise<void> {
    if (this.#count("waiting") + this.#inFlight() === 0) return ledgerOf(this.env).keep(this.#id, 0);
    await this.ctx.storage.setAlarm(Date.now() + this.env.PATIENCE_MS);
    // A request that may still be on its way is not asked about: the carrier would say that there is no call.
    const silent = this.ctx.storage.sql.exec<Person>(
      "SELECT * FROM people WHERE status IN ('placing', 'calling') AND since < ?",
      Date.now() - 2 * this.env.PATIENCE_MS,
    );
    await Promise.allSettled(silent.toArray().map((person) => this.#askCarrier(person)));
    await this.#askLedger();
  }

  async #askLedger(): Promise<void> {
    await this.granted(await ledgerOf(this.env).ask(this.#id, this.#count("waiting") + this.#inFlight()));
  }

  async #dial(): Promise<void> {
    const placed: Promise<void>[] = [];
    while (this.#inFlight() < this.#slots) {
      // No await between the choice and the stored intent: nobody is chosen twice.
      const [next] = this.ctx.storage.sql.exec<Person>(
        `UPDATE people SET status = 'placing', call = ?, since = ?
         WHERE position = (SELECT MIN(position) FROM people WHERE status = 'waiting') RETURNING *`,
        crypto.randomUUID(),
        Date.now(),
      );
      if (next === undefined) break;
      placed.push(this.#place(next));
    }
    await Promise.allSettled(placed);
    // Slots that nobody waits for go to the next batch.
    if (this.#count("waiting") === 0 && this.#inFlight() < this.#slots) {
      this.#slots = this.#inFlight();
      await ledgerOf(this.env).keep(this.#id, this.#slots);
    }
  }

  async #place({ to_number, call }: Person): Promise<void> {
    // The intent is on disk before the request leaves.
    await this.ctx.storage.sync();
    const callback = `${this.env.PUBLIC_URL}/callbacks/${this.#id}/${call}`;
    const answer = await fetch(`${this.env.CARRIER_URL}/calls/${call}`, {
      method: "PUT",
      body: JSON.stringify({ to: to_number, callback }),
      signal: AbortSignal.timeout(this.env.PATIENCE_MS),
    });
    await answer.body?.cancel();
    if (answer.ok) this.#settle(call, "calling");
    // Refused: there is no call, and the slot serves the next person. Anything else is unknown, and the alarm asks.
    else if (answer.status < 500) await this.#failed(call);
  }

  async #askCarrier({ call, status }: Person): Promise<void> {
    const answer = await fetch(`${this.env.CARRIER_URL}/calls/${call}`, {
      signal: AbortSignal.timeout(this.env.PATIENCE_MS),
    });
    if (answer.status === 404 && status === "placing") return this.#failed(call);
    if (!answer.ok) return;
    const { ended } = await answer.json<{ ended: boolean }>();
    if (ended) await this.ended(call ?? "");
    else this.#settle(call, "calling");
  }

  async #failed(call: string | null): Promise<void> {
    this.#settle(call, "failed");
    await this.#dial();
  }

  /** A call that is over stays so: a late answer changes nothing. */
  #settle(call: string | null, status: Status): void {
    const sql = "UPDATE people SET status = ? WHERE call = ? AND status IN ('placing', 'calling')";
    this.ctx.storage.sql.exec(sql, status, call);
  }

  #count(status: Status): number {
    const sql = "SELECT COUNT(*) AS n FROM people WHERE status = ?";
    return this.ctx.storage.sql.exec<{ n: number }>(sql, status).one().n;
  }

  #inFlight(): number {
    return this.#count("placing") + this.#count("calling");
  }
}

// ---------------------------------------------------------------- The Worker

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, kind, id = "", call = ""] = new URL(request.url).pathname.split("/");
    const route = `${request.method} ${kind}`;
    if (route === "POST batches") {
      const { recipients } = await request.json<{ recipients: string[] }>();
      const batch = crypto.randomUUID();
      await batchOf(env, batch).create(recipients);
      return Response.json({ id: batch }, { status: 201 });
    }
    if (route === "GET batches") return Response.json({ id, recipients: await batchOf(env, id).read() });
    if (route === "POST callbacks") {
      await batchOf(env, id).ended(call);
      return new Response(null, { status: 204 });
    }
    return new Response("not found", { status: 404 });
  },
} satisfies ExportedHandler<Env>;
