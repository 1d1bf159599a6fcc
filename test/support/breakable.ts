/**
 * A namespace of objects that fails as Cloudflare documents it, unlike a local runtime: a stub that threw once throws
 * for ever ("Durable Object Stub"). Tests make the next message fail, all messages fail, or all of them hang.
 */

type Method = (...args: unknown[]) => Promise<unknown>;

export class BreakableNamespace<Stub extends object> {
  readonly #find: (name: string) => Stub;
  /** Messages until one breaks its stub. */
  #breaksIn = 0;
  #isDown: Error | null = null;
  #hangs = false;
  /** Stubs that were made so far. */
  stubs = 0;

  constructor(find: (name: string) => Stub) {
    this.#find = find;
  }

  /** The next message breaks its stub. */
  breakNext(): void {
    this.breakAt(1);
  }

  /** The message of this number from now on, from 1, breaks its stub. */
  breakAt(message: number): void {
    this.#breaksIn = message;
  }

  /** Every message breaks its stub, with this error; null: no more. */
  down(error: Error | null): void {
    this.#isDown = error;
  }

  /** No message is answered. */
  hang(hangs: boolean): void {
    this.#hangs = hangs;
  }

  getByName(name: string): Stub {
    this.stubs += 1;
    const stub = this.#find(name);
    let broken: Error | null = null;
    const answering = (method: Method): Method => {
      return async (...args) => {
        this.#breaksIn -= 1;
        if (this.#breaksIn === 0 || this.#isDown !== null) broken ??= this.#isDown ?? new Error("the stub is broken");
        if (broken !== null) throw broken;
        if (this.#hangs) return new Promise(() => {});
        return method(...args);
      };
    };
    return new Proxy(stub, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property);
        // Not bound: of a stub everything is a message to its object, `bind` too.
        return typeof value === "function"
          ? answering((...args) => Reflect.apply(value, target, args) as Promise<unknown>)
          : value;
      },
    });
  }
}
