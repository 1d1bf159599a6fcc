/** A log that keeps its newest entries: a stand-in that runs for hours must not grow for hours. */

export class Recent<T> {
  readonly #limit: number;
  #entries: T[] = [];
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: T): void {
    this.#entries[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#limit;
  }

  /** Oldest first. */
  list(): T[] {
    if (this.#entries.length < this.#limit) return [...this.#entries];
    return [...this.#entries.slice(this.#next), ...this.#entries.slice(0, this.#next)];
  }

  keep(wanted: (entry: T) => boolean): void {
    this.#entries = this.list().filter(wanted);
    this.#next = this.#entries.length % this.#limit;
  }
}
