/** The least that a request through workerd can be: nothing, a call to an object, a call to an object that stores a row. */

import { DurableObject } from "cloudflare:workers";

export class RawObject extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS rows (number INTEGER PRIMARY KEY, text TEXT)");
  }

  nothing() {}

  store() {
    const { sql } = this.ctx.storage;
    this.ctx.storage.transactionSync(() => sql.exec("INSERT INTO rows (text) VALUES ('a row of a call')"));
  }

  async ask(url) {
    const response = await fetch(url, { method: "POST", body: "To=%2B14155550100" });
    await response.text();
  }
}

/** One that was never there before. */
export class RawNewObject extends DurableObject {
  /** Runs what the binding of this name has: turns of statements, with a call to another object in between. */
  async run(name) {
    for (const [index, turn] of this.env.TURNS[name].entries()) {
      if (index > 0) await this.env.OBJECTS.getByName("one").store();
      this.#runAll(turn);
    }
  }

  #runAll(turn) {
    const { storage } = this.ctx;
    for (const { text, bindings, alarm, together } of turn) {
      if (text !== undefined) storage.sql.exec(text, ...bindings).toArray();
      else if (alarm !== undefined) void storage.setAlarm(Date.now() + alarm);
      else storage.transactionSync(() => this.#runAll(together));
    }
  }

  async alarm() {}
}

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    await request.arrayBuffer();
    const object = env.OBJECTS.getByName("one");
    if (pathname === "/object") await object.nothing();
    if (pathname === "/store") await object.store();
    if (pathname === "/ask") await object.ask(searchParams.get("url"));
    if (pathname === "/new") await env.NEW_OBJECTS.getByName(crypto.randomUUID()).run(searchParams.get("turns"));
    return new Response(null, { status: 204 });
  },
};
