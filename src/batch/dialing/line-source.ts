/** Asks the organization for the batch's line, once for all callers that wait for it. `LineMemory` keeps the answer. */

import type { Failure } from "../../calling/requests/failure.ts";
import type { Result } from "../../calling/requests/result.ts";
import { carrierNamed } from "../../dialer/carriers.ts";
import type { Dialer } from "../../dialer/dialer.ts";
import type { Dialing } from "../../dialer/dialing.ts";
import type { Line, LineAsked, LineMemory } from "./line.ts";

export class LineSource {
  readonly #memory: LineMemory;
  readonly #ask: () => Promise<Result<Dialing, Failure>>;
  readonly #connect: (dialing: Dialing) => Dialer;
  /** Called with each line that the organization sends, new or unchanged. It is remembered then. */
  readonly #heard: (line: Line, asked: LineAsked) => void;
  #asking: Promise<Line> | null = null;

  constructor(
    memory: LineMemory,
    ask: () => Promise<Result<Dialing, Failure>>,
    connect: (dialing: Dialing) => Dialer,
    heard: (line: Line, asked: LineAsked) => void,
  ) {
    this.#memory = memory;
    this.#ask = ask;
    this.#connect = connect;
    this.#heard = heard;
  }

  /** Throws if the organization does not answer, or its number, agent or credentials are gone. */
  async get(now: number): Promise<Line> {
    const ready = this.#memory.ready(now);
    if (ready !== null) return ready;
    this.#asking ??= this.#load(now).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #load(now: number): Promise<Line> {
    const asked = this.#memory.ask(now);
    const dialing = await this.#ask();
    if (!dialing.ok) throw new Error(`the organization has no line for this batch: ${JSON.stringify(dialing.failure)}`);
    const { capabilities } = carrierNamed(dialing.value.account.carrier);
    const line = { dialing: dialing.value, dialer: this.#connect(dialing.value), capabilities };
    this.#heard(line, asked);
    return line;
  }
}
