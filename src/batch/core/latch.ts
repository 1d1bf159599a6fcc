/** Waiting for something that happens in the same object, for a bounded time. In memory: the client that waits has a connection. */

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
