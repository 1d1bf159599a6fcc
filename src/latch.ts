/** Waits, for a bounded time, until a condition holds in this object. In memory only: the waiting client has a connection. */

export class Latch {
  readonly #waiting = new Map<() => void, () => boolean>();

  /** Resolves at the first look at which it is so, or after `withinMs`. */
  wait(withinMs: number, isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.set(done, isSo);
    });
  }

  /** After each change. */
  look(): void {
    for (const [done, isSo] of [...this.#waiting]) if (isSo()) done();
  }
}
