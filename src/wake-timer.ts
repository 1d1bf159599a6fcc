/** Rings once, at the earliest time that was asked for. In memory only: an object that stops has its alarm. */

export class WakeTimer {
  readonly #ring: () => void;
  #set: { readonly id: ReturnType<typeof setTimeout>; readonly at: number } | null = null;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** `at`: epoch ms. */
  ringBy(at: number, now: number): void {
    if (this.#set !== null && this.#set.at <= at) return;
    this.stop();
    const ring = () => {
      this.#set = null;
      this.#ring();
    };
    this.#set = { id: setTimeout(ring, at - now), at };
  }

  stop(): void {
    if (this.#set !== null) clearTimeout(this.#set.id);
    this.#set = null;
  }
}
