/** Goes through a list, some of it at once. In memory: losing it ends the round, and a later one asks again. */

const AT_ONCE = 20;

export class Round<Item> {
  #left: Item[] = [];
  #underWay = 0;

  begin(items: readonly Item[]): void {
    this.#left = [...items];
  }

  /** The next ones; each is `over` some time. */
  take(): Item[] {
    const items = this.#left.splice(0, Math.max(0, AT_ONCE - this.#underWay));
    this.#underWay += items.length;
    return items;
  }

  over(): void {
    this.#underWay = Math.max(0, this.#underWay - 1);
  }
}
