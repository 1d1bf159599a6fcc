/** The timers that the service has set and that have not fired: each keeps its object in memory. */

type Timer = ReturnType<typeof setTimeout>;

export class Timers {
  /** By timer, who set it. */
  readonly #pending = new Map<Timer, string>();
  #restore = (): void => {};

  static install(): Timers {
    const timers = new Timers();
    timers.#watch();
    return timers;
  }

  /** Who has set those that are pending. */
  pending(): string[] {
    return [...this.#pending.values()];
  }

  restore(): void {
    this.#restore();
  }

  #watch(): void {
    const { setTimeout, clearTimeout } = globalThis;
    const set = (what: () => void, ms?: number): Timer => {
      const setter = new Error().stack?.split("\n")[2]?.trim() ?? "";
      const timer = setTimeout(() => {
        this.#pending.delete(timer);
        what();
      }, ms);
      if (setter.includes("/src/")) this.#pending.set(timer, setter);
      return timer;
    };
    const clear = (timer: Timer): void => {
      this.#pending.delete(timer);
      clearTimeout(timer);
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
    this.#restore = () => {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    };
  }
}
