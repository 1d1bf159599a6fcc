/**
 * A carrier's requests to the Worker about calls. They are repeated until accepted, and may be lost, doubled or late.
 */

import type { Platform } from "../platform/platform.ts";
import { bystander } from "../platform/scheduler.ts";
import { askWorker, type HttpRequest } from "../platform/web.ts";

const REPEATS = 5;
const REPEAT_MS = 1_000;
const LATE_MS = { least: 200, most: 120_000 } as const;

export class Callbacks {
  readonly #platform: Platform;
  readonly #actor = bystander("carrier");

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** `name`: of the event, for its random decisions. `request`: signed again each time. `heard`: it was accepted. */
  tell(name: string, request: () => HttpRequest, heard: () => void): void {
    const { chance, faults, scheduler } = this.#platform;
    if (chance.fault(`${name} callback lost`, faults.callbackLost)) return;
    const copies = chance.fault(`${name} callback twice`, faults.callbackTwice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const isLate = chance.fault(`${name} callback late`, faults.callbackLate);
      const afterMs = isLate ? chance.between(`${name} late ms`, LATE_MS.least, LATE_MS.most) : 0;
      scheduler.schedule(afterMs, this.#actor, "callback", () => this.#send(request, heard, 0));
    }
  }

  #send(request: () => HttpRequest, heard: () => void, repeats: number): void {
    const { scheduler } = this.#platform;
    askWorker(this.#platform, this.#actor, request(), ({ status }) => {
      if (status !== null && status < 300) heard();
      else if (repeats < REPEATS) {
        const afterMs = REPEAT_MS * 2 ** repeats;
        scheduler.schedule(afterMs, this.#actor, "callback", () => this.#send(request, heard, repeats + 1));
      }
    });
  }
}
