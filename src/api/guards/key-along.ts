/**
 * The check of a known key goes along with what a request asks, so that the request does not wait for it first.
 *
 * A message to the organization carries the key: its object checks the key before it looks at the message. For a read, other
 * objects are asked at the same time as the organization, and their answers wait for its word. So a revoked key sees nothing.
 * What changes something asks the organization first. So a revoked key changes nothing.
 */

import type { Bindings } from "../../env.ts";
import type { KeyAlong, SignedInKey } from "../../organization/messages/access.ts";
import type { OrganizationRpc } from "../../organization/rpc.ts";

/** The key is no longer the organization's. */
export class KeyRefused extends Error {
  override readonly name = "KeyRefused";
}

type Organization = ReturnType<Bindings["ORGANIZATIONS"]["getByName"]>;
type Checks = Pick<OrganizationRpc, "keyStands" | "withKey">;
type Ask = (...args: readonly unknown[]) => Promise<unknown>;

export class CheckAlong {
  readonly #object: Organization;
  readonly #checks: Checks;
  readonly #key: KeyAlong;
  #checked: Promise<void> | null = null;
  #holds = false;

  constructor(object: Organization, key: KeyAlong) {
    this.#object = object;
    this.#checks = object as unknown as Checks;
    this.#key = key;
  }

  /** The organization's object. Until the key is known to hold, each message to it carries the key. */
  get organization(): Organization {
    return new Proxy(this.#object, {
      get: (object, message) => {
        const ask = (...args: readonly unknown[]) =>
          (object as unknown as Record<PropertyKey, Ask>)[message]?.(...args);
        const carry = (...args: readonly unknown[]) => this.#carry(message as keyof OrganizationRpc, args);
        return (...args: readonly unknown[]) => (this.#holds ? ask(...args) : carry(...args));
      },
    });
  }

  /** Resolves if the key holds. It is asked for now, unless a message has asked already. */
  holds(): Promise<void> {
    this.#checked ??= this.#checks.keyStands(this.#key).then((found) => this.#judge(found));
    return this.#checked;
  }

  async #carry(message: keyof OrganizationRpc, args: readonly unknown[]): Promise<unknown> {
    const carried = this.#checks.withKey(this.#key, message, args);
    const checked = carried.then(({ key }) => this.#judge(key));
    this.#checked ??= checked;
    await checked;
    return (await carried).answer;
  }

  #judge(found: SignedInKey | null): void {
    if (found?.id !== this.#key.id) throw new KeyRefused();
    this.#holds = true;
  }
}
