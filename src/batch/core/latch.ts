/** Waits, for a bounded time, for an event in the same object. In memory only: the waiting client has a connection. */

export class Latch {
  readonly #waiting = new Set<() => void>();

  /** Resolves at the next release, or after `withinMs`. */
  wait(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(done);
    });
  }

  release(): void {
    for (const done of [...this.#waiting]) done();
  }
}
