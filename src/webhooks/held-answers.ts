/**
 * Answers to batches that wait until their events are stored. In memory only: a batch without an answer sends its events
 * again.
 */

type Held = { readonly isDue: () => boolean; readonly answer: () => void; readonly fail: (error: unknown) => void };

export class HeldAnswers {
  readonly #held = new Set<Held>();

  /** Resolves at the first look at which it is due. */
  wait(isDue: () => boolean): Promise<void> {
    if (isDue()) return Promise.resolve();
    return new Promise((answer, fail) => {
      this.#held.add({ isDue, answer, fail });
    });
  }

  /** After each change. */
  look(): void {
    for (const held of this.#held) {
      if (!held.isDue()) continue;
      this.#held.delete(held);
      held.answer();
    }
  }

  /** What was in memory is lost. */
  failAll(error: unknown): void {
    for (const { fail } of this.#held) fail(error);
    this.#held.clear();
  }
}
