/** Runs commands: asks, asks again without an answer, and records orders and answers. */

import { createHash } from "node:crypto";
import type { Telephone } from "../carriers/telephone.ts";
import type { Platform } from "../platform/platform.ts";
import { type ApiAnswer, type Client, ORIGIN } from "./client.ts";
import type { BatchSettings, Command, OrganizationRules, Person } from "./commands.ts";
import {
  type Known,
  type KnownBatch,
  type KnownOrganization,
  knownBatch,
  learnZones,
  listedOf,
  numberId,
  providerId,
} from "./known.ts";
import type { Order, Ordered } from "./timeline.ts";

const AGENT = "agent_a";
const ASKS_AT_MOST = 4;
const BATCHES = "/agents/calls/batches";

export type Performers = {
  readonly platform: Platform;
  readonly client: Client;
  readonly known: Known;
  readonly telephone: Telephone;
  /** A client has read a batch; its content is judged. */
  readonly learned: (batch: KnownBatch, id: string) => void;
  readonly look: (batch: KnownBatch, read: () => Promise<ApiAnswer>) => Promise<void>;
};

const isDone = ({ status }: ApiAnswer): boolean => status !== null && status < 300;
const isRefused = ({ status }: ApiAnswer): boolean =>
  status !== null && status >= 400 && status < 500 && status !== 429;

const recipientOf = ({ number, timezone }: Person): object => ({
  to_number: number,
  ...(timezone === null ? {} : { timezone }),
});

export class Performer {
  readonly #of: Performers;

  constructor(of: Performers) {
    this.#of = of;
  }

  async perform(command: Command): Promise<void> {
    const { known, platform } = this.#of;
    const organization = known.organizations[command.organization];
    if (organization === undefined) return;
    switch (command.kind) {
      case "create":
        return this.#create(command, organization);
      case "call":
        learnZones(known, command.people);
        await this.#repeat(command.id, (key) =>
          this.#ask(organization, "POST", "/agents/calls", this.#calls(command), { "idempotency-key": key }),
        );
        return;
      case "list":
        return this.#list(organization, command.number);
      case "unlist":
        return this.#unlist(organization, command.number);
      case "rules":
        return this.#rules(organization, command.rules);
      case "pace": {
        const [id, path] =
          command.of === "provider"
            ? [providerId(command.via), `/agents/phone-numbers/providers/${providerId(command.via)}`]
            : [numberId(command.via), `/agents/phone-numbers/${numberId(command.via)}`];
        const body = { calls_per_second: command.perSecond };
        return this.#order([[organization.paces.get(id), command.perSecond]], () =>
          this.#repeat(command.id, () => this.#ask(organization, "PATCH", path, body)),
        );
      }
      case "rotate":
        return this.#rotate(command.id, organization);
      case "release":
        platform.release();
        return;
      default: {
        const batch = known.batches.get(command.batch);
        if (batch !== undefined && batch.batchId !== null) await this.#steer(command, batch, batch.batchId);
      }
    }
  }

  #ask(
    { key }: KnownOrganization,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<ApiAnswer> {
    return this.#of.client.ask(key, method, path, body, headers);
  }

  /** Repeats the request until it is answered; some clients give up. */
  async #repeat(id: string, ask: (idempotencyKey: string) => Promise<ApiAnswer>): Promise<ApiAnswer> {
    const { platform, client } = this.#of;
    let answer = await ask(id);
    for (let asked = 1; asked < ASKS_AT_MOST && !isDone(answer) && !isRefused(answer); asked += 1) {
      await client.wait(platform.chance.between(`${id} again`, 200, 20_000));
      answer = await ask(id);
    }
    return answer;
  }

  /** Records the orders in a request. */
  async #order(
    orders: readonly (readonly [Ordered<unknown> | undefined, unknown])[],
    ask: () => Promise<ApiAnswer>,
  ): Promise<void> {
    const { scheduler } = this.#of.platform;
    const begun: (readonly [Ordered<unknown>, Order<unknown>])[] = [];
    for (const [ordered, value] of orders) {
      if (ordered !== undefined) begun.push([ordered, ordered.begin(value, scheduler.now)]);
    }
    const answer = await ask();
    for (const [ordered, order] of begun) {
      if (isRefused(answer)) ordered.refused(order);
      else ordered.end(order, isDone(answer), scheduler.now);
    }
  }

  async #create(command: Extract<Command, { kind: "create" }>, organization: KnownOrganization): Promise<void> {
    const { known, platform } = this.#of;
    learnZones(known, command.people);
    const batch = knownBatch(command, organization, platform.scheduler.now);
    known.batches.set(command.id, batch);
    const onDuplicate = command.batch.on_duplicate;
    const numbers = command.people.map(({ number }) => number);
    const isTwice = new Set(numbers).size < numbers.length;
    const body = {
      name: command.id,
      agent_id: AGENT,
      from_number_id: numberId(command.via),
      recipients: command.people.map(recipientOf),
      ...settingsOf(command.batch, platform.scheduler.now),
      ringing_timeout_seconds: command.batch.ringing_timeout_seconds,
      max_call_duration_minutes: command.batch.max_call_duration_minutes,
      ...(command.batch.on_voicemail === undefined ? {} : { on_voicemail: command.batch.on_voicemail }),
      ...(onDuplicate === undefined ? {} : { on_duplicate: onDuplicate }),
    };
    const answer = await this.#repeat(command.id, (key) =>
      this.#ask(organization, "POST", BATCHES, body, { "idempotency-key": key }),
    );
    // By the published API, a list may contain a number twice unless it says otherwise.
    const wasBefore = { from: batch.createdAt, until: batch.createdAt, isCertain: isDone(answer) };
    if (!isRefused(answer)) batch.copies.add(command.people, onDuplicate ?? "allow", wasBefore);
    if (isDone(answer) && onDuplicate === "reject" && isTwice) platform.problem(`${command.id} has a number twice`);
    if (!isDone(answer)) {
      // A request above the limit less the reserve is refused; either may have been changed meanwhile.
      const meanwhile = [batch.createdAt, platform.scheduler.now] as const;
      const { limit, reserved } = organization;
      const least = Math.min(...limit.possible(...meanwhile)) - Math.max(...reserved.possible(...meanwhile));
      const isTooMuch = (command.batch.target_concurrency_limit ?? 0) > least;
      // Its start may have come while requests were lost.
      const { startsInMinutes } = command.batch;
      const startsAt =
        startsInMinutes === undefined || startsInMinutes === null
          ? Number.POSITIVE_INFINITY
          : batch.createdAt + startsInMinutes * 60_000;
      const isLate = startsAt <= platform.scheduler.now;
      const areListed = numbers.every((number) =>
        organization.listed
          .get(number)
          ?.possible(...meanwhile)
          .includes(true),
      );
      const isMeant = isTooMuch || isLate || areListed || (onDuplicate === "reject" && isTwice);
      if (isRefused(answer) && !isMeant) platform.problem(`a create was refused: ${JSON.stringify(answer.body)}`);
      return;
    }
    const { id } = answer.body as { id: string };
    batch.acceptedAt = platform.scheduler.now;
    this.#of.learned(batch, id);
  }

  #calls({ people, via }: Extract<Command, { kind: "call" }>): object {
    return {
      agent_id: AGENT,
      from_number_id: numberId(via),
      outbound_calls: people.map(recipientOf),
      ringing_timeout_seconds: 20,
      max_call_duration_minutes: 1,
    };
  }

  #list(organization: KnownOrganization, number: string): Promise<void> {
    return this.#order([[listedOf(organization, number), true]], () =>
      this.#repeat(`list ${number}`, () => this.#ask(organization, "POST", "/agents/do-not-call", { number })),
    );
  }

  #unlist(organization: KnownOrganization, number: string): Promise<void> {
    const path = `/agents/do-not-call/${encodeURIComponent(number)}?reason=asked`;
    return this.#order([[listedOf(organization, number), false]], () => this.#ask(organization, "DELETE", path));
  }

  #rules(organization: KnownOrganization, rules: OrganizationRules): Promise<void> {
    const { client } = this.#of;
    const orders: [Ordered<unknown> | undefined, unknown][] = [
      [organization.limit, rules.agent_call_concurrency_limit],
      [organization.reserved, rules.reserved_concurrency],
      [organization.window, rules.calling_window],
      [organization.gap, rules.min_gap_minutes],
      [organization.cap, rules.max_attempts_per_number_per_day],
      [organization.pace, rules.calls_per_second],
    ];
    return this.#order(
      orders.filter(([, value]) => value !== undefined),
      () => this.#repeat("rules", () => client.operator("PATCH", `/${organization.plan.id}`, rules)),
    );
  }

  async #steer(command: Extract<Command, { batch: string }>, batch: KnownBatch, batchId: string): Promise<void> {
    const { known, platform, telephone, look } = this.#of;
    const { organization } = batch;
    const path = `${BATCHES}/${batchId}`;
    const post = (action: string, body?: unknown) => () =>
      this.#repeat(command.id, () => this.#ask(organization, "POST", `${path}/${action}`, body));
    switch (command.kind) {
      case "look":
        return look(batch, () => this.#ask(organization, "GET", `${path}?expand=attempts`));
      case "pause":
        return this.#order([[batch.paused, true]], post("pause"));
      case "resume":
        return this.#order([[batch.paused, false]], post("resume"));
      case "cancel":
        return this.#order([[batch.cancelled, true]], post("cancel"));
      case "retry":
        return this.#order(
          [
            [batch.retries, null],
            [batch.cancelled, false],
          ],
          // Not repeated: a second retry would call recipients who failed in the meantime.
          () => this.#ask(organization, "POST", `${path}/retry`),
        );
      case "append": {
        learnZones(known, command.people);
        return this.#append(command, batch, `${path}/recipients`);
      }
      case "change":
        return this.#change(command.change, batch, path);
      case "opt_out": {
        const call = telephone.calls.find((one) => one.batchId === batchId);
        if (call === undefined) return;
        return this.#order([[listedOf(organization, call.to), true]], () =>
          this.#repeat(command.id, () => this.#ask(organization, "POST", `/agents/calls/${call.callId}/opt-out`)),
        );
      }
      case "cancel_call": {
        const call = telephone.calls.find((one) => one.batchId === batchId && one.end === null);
        if (call !== undefined) await this.#ask(organization, "POST", `/agents/calls/${call.callId}/cancel`);
        return;
      }
      case "forge":
        return this.#forge(command.id, batch, batchId);
    }
    platform.problem("a command is not known");
  }

  async #append(command: Extract<Command, { kind: "append" }>, batch: KnownBatch, path: string): Promise<void> {
    const { people, onDuplicate } = command;
    const { scheduler } = this.#of.platform;
    const from = scheduler.now;
    const body = {
      recipients: people.map(recipientOf),
      ...(onDuplicate === undefined ? {} : { on_duplicate: onDuplicate }),
    };
    // A repeat would add permitted duplicates again; the key marks it as the same request.
    const headers = onDuplicate === "allow" ? { "idempotency-key": command.id } : {};
    let answer: ApiAnswer = { status: null, body: null };
    // It may have been done, and its repeat refused: the batch was cancelled in between, or its result is unknown.
    let isUnheard = false;
    await this.#order([[batch.cancelled, false]], async () => {
      answer = await this.#repeat(command.id, async () => {
        const one = await this.#ask(batch.organization, "POST", path, body, headers);
        isUnheard ||= !isDone(one) && !isRefused(one);
        return one;
      });
      return answer;
    });
    const isCertain = isDone(answer);
    // One that was not answered may still be under way.
    const until = isCertain ? scheduler.now : Number.POSITIVE_INFINITY;
    if (isUnheard || !isRefused(answer)) batch.copies.add(people, onDuplicate ?? "skip", { from, until, isCertain });
  }

  /** The previous secret also signs for a day. */
  async #rotate(id: string, organization: KnownOrganization): Promise<void> {
    const { receiver } = organization;
    // With two at once, the later one need not win.
    if (receiver === null || receiver.isRotating) return;
    const body = { secret: receiver.nextSecret() };
    const path = `/agents/webhooks/${receiver.webhookId}`;
    const { platform, client } = this.#of;
    for (;;) {
      const answer = await this.#repeat(id, () => this.#ask(organization, "PATCH", path, body));
      if (isDone(answer)) {
        receiver.isRotating = false;
        return;
      }
      if (isRefused(answer)) platform.problem(`a secret was refused: ${JSON.stringify(answer.body)}`);
      if (isRefused(answer)) return;
      await client.wait(60_000);
    }
  }

  #change(change: BatchSettings, batch: KnownBatch, path: string): Promise<void> {
    const { scheduler } = this.#of.platform;
    const body = settingsOf(change, scheduler.now);
    const startsAt = change.startsInMinutes === undefined ? undefined : Date.parse(String(body.scheduled_at));
    const orders: [Ordered<unknown> | undefined, unknown][] = [
      [batch.target, change.target_concurrency_limit],
      [batch.priority, change.priority],
      [batch.policy, change.retry_policy],
      [batch.window, change.calling_window],
      [batch.pace, change.calls_per_second],
      [batch.startsAt, startsAt],
    ];
    return this.#order(
      orders.filter(([, value]) => value !== undefined),
      () => this.#repeat("change", () => this.#ask(batch.organization, "PATCH", path, body)),
    );
  }

  /** A forged report that a call ended; and another organization's request for things that are not its own. */
  async #forge(id: string, batch: KnownBatch, batchId: string): Promise<void> {
    const { client, telephone, platform, known } = this.#of;
    const call = telephone.calls.find((one) => one.batchId === batchId && one.end === null);
    if (call !== undefined) {
      const form = new URLSearchParams({ CallSid: call.id, CallStatus: "completed", CallDuration: "7" }).toString();
      const shown = JSON.stringify({ data: { id: call.callId, status: "completed", end_reason: "client_hangup" } });
      const token = createHash("md5").update(id).digest("hex").slice(0, 22).replaceAll("0", "z");
      const [formType, jsonType] = [
        { "content-type": "application/x-www-form-urlencoded" },
        { "content-type": "application/json" },
      ];
      const answers = await Promise.all([
        client.send("POST", `${ORIGIN}/callbacks/twilio/${call.callId}/${token}`, formType, form),
        client.send("POST", `${ORIGIN}/callbacks/http`, jsonType, shown),
        client.send("POST", `${ORIGIN}/callbacks/http/${call.callId}/${token}`, jsonType, shown),
      ]);
      for (const { status } of answers) {
        if (status !== null && status < 300) platform.problem(`a forged callback about ${call.callId} was taken`);
      }
    }
    for (const other of known.organizations) {
      if (other === batch.organization) continue;
      const { status } = await this.#ask(other, "POST", `${BATCHES}/${batchId}/cancel`);
      if (status !== null && status < 400) platform.problem(`${other.plan.id} cancelled a batch of another's`);
    }
  }
}

/** In the API's form. */
function settingsOf(settings: BatchSettings, now: number): Record<string, unknown> {
  const { target_concurrency_limit, priority, retry_policy, calling_window, calls_per_second, circuit_breaker } =
    settings;
  const starts = settings.startsInMinutes;
  const given = {
    target_concurrency_limit,
    priority,
    retry_policy,
    calling_window,
    calls_per_second,
    circuit_breaker,
    scheduled_at: starts === undefined || starts === null ? starts : new Date(now + starts * 60_000).toISOString(),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
