/**
 * Callbacks for a Worker under test in workerd, which has no port: kept by its host name until the test fetches them
 * (`test/support/relay.ts`). To any other host they are sent.
 */

export type Relayed = {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Host names of services under test. */
const UNDER_TEST = /\.test$/;
export const RELAY_PATH = "/__relay";

export class Relay {
  readonly #kept = new Map<string, Relayed[]>();

  /** The status with which it was heard; null where it was not. */
  async deliver(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number | null> {
    const { hostname } = new URL(url);
    if (UNDER_TEST.test(hostname)) {
      this.#kept.set(hostname, [...(this.#kept.get(hostname) ?? []), { url, method: "POST", headers, body }]);
      return 204;
    }
    const answer = await fetch(url, { method: "POST", headers, body }).catch(() => null);
    await answer?.text();
    return answer?.status ?? null;
  }

  /** What is kept for this host, oldest first; from here on it is not. */
  take(host: string): readonly Relayed[] {
    const taken = this.#kept.get(host) ?? [];
    this.#kept.delete(host);
    return taken;
  }
}
