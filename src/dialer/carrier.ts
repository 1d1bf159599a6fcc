/**
 * What a carrier is, as data: each carrier's folder exports one definition, `carriers.ts` lists them, and from the list
 * follow the API's schemas of providers, what is stored, what a read shows, the OpenAPI document and the callbacks.
 */

import type { z } from "zod";
import type { Destination } from "../calling/numbers/destinations.ts";
import type { ConnectionType } from "../calling/words/agent-connection.ts";
import type { Region } from "../calling/words/region.ts";
import type { CarrierRequest, Dialer } from "./dialer.ts";

/** Facts about the carrier that others decide by. */
export type Capabilities = {
  /**
   * For so long after its first request a repeated request to place the same call places nothing more (an idempotency
   * key). Null: a repeat may dial a second time, so there is none.
   */
  readonly repeatableForMs: number | null;
  /** A call whose answer was lost is found by our own call's id, or only among the calls to its number. */
  readonly finds: "exactly" | "by_number";
  /**
   * It can tell a person from an answering machine, without holding the call back (`asksWhoAnswers`); if not for every
   * account, the definition's `lacksToDetect` says for which.
   */
  readonly detectsMachines: boolean;
  /** It takes calls that it does not dial yet, and says of them that they wait; such a call can be ended unheard. */
  readonly queues: boolean;
  /** Whether `end` reaches a call that still rings, and one that was answered. */
  readonly endsRinging: boolean;
  readonly endsAnswered: boolean;
  /**
   * Where its callbacks come: to a URL of each call's own, which carries an unguessable token, or to one URL for all
   * (then they have to be signed).
   */
  readonly callbacks: "per_call" | "shared";
  /** `with_secret`: where the provider was given what a signature is verified with. */
  readonly callbacksAreSigned: "always" | "with_secret" | "never";
  /** Calls that it places in a second for an account without an agreement; null where it names none. */
  readonly callsPerSecond: number | null;
  /** The longest call that it carries; a longer one is asked for as this, and ends there. */
  readonly maxCallSeconds: number;
};

/** What a provider of this carrier says of itself in the API: its type, and for a SIP trunk by which gateway. */
export type ProviderWords = { readonly type: string; readonly gateway?: string };

export interface Carrier<
  Name extends string = string,
  Words extends ProviderWords = ProviderWords,
  Fields extends z.ZodObject = z.ZodObject,
  Changes extends z.ZodObject = z.ZodObject,
  Shown extends z.ZodObject = z.ZodObject,
> {
  /** The folder's name: stored with a provider, part of the callbacks' path, the key of a base URL that replaces its own. */
  readonly name: Name;
  /** As people write it. */
  readonly title: string;
  readonly words: Words;

  /** A provider's fields as a client writes them. Their output is the account that a dialer is made of. */
  readonly fields: Fields;
  /** Those that may be changed afterwards; what is not given stays. */
  readonly changes: Changes;
  /** Those that are stored sealed; `shown` must have all others, as they are. */
  readonly secrets: readonly (keyof z.output<Fields> & string)[];
  /**
   * Where the account's secrets go, and which: who changes an address enters those again. Every field that reads do not show
   * as it is stands here.
   */
  readonly sends: readonly Destination[];
  /** What reads show, in the order in which they show it. */
  readonly shown: Shown;
  show(account: z.output<Fields>): z.output<Shown>;
  /** Those of the account's fields that are URLs, by the field's name: outside development they must be public. */
  urls?(account: z.output<Fields>): Readonly<Record<string, string>>;
  /** The same for those that are hosts, with a port if need be. */
  hosts?(account: z.output<Fields>): Readonly<Record<string, string>>;

  /** Where a batch is dialed from that names no region. */
  regionOf(shown: z.output<Shown>): Region;
  /** A batch may name its region. */
  readonly choosesRegion: boolean;
  /** Where one may: the regions that there are for this account. */
  regionsOf?(shown: z.output<Shown>): readonly Region[];
  /** A number is imported with the carrier's own id of it. */
  readonly needsNumberId: boolean;
  /**
   * Where only some accounts can tell a person from a machine: what this one lacks for it, and what to do, in words that
   * go on after "the provider"; null where it lacks nothing.
   */
  lacksToDetect?(shown: z.output<Shown>): string | null;
  /** The agents that it can connect a call with. */
  readonly connects: readonly ConnectionType[];
  readonly capabilities: Capabilities;

  /** Of its callbacks' headers those that are read, in lower case; no other goes further than the Worker. */
  readonly callbackHeaders: readonly string[];

  /** How long its callbacks may be, in bytes, where they are longer than a call's few hundred. */
  readonly maxCallbackBytes?: number;

  /**
   * Where callbacks are shared: the id of our call that a request is about, or null. Not verified: it only says which
   * batch is to verify the request.
   */
  callIdOf?(request: CarrierRequest): string | null;

  /**
   * `baseUrl` replaces the carrier's own hosts, for a stand-in. `region`: where the batch is dialed from whose calls it is
   * for; null where it is asked about the account alone.
   */
  dialer(account: z.output<Fields>, baseUrl: string | null, region: Region | null): Dialer;
}

/** Keeps the definition's exact types, from which the account's follow. */
export const defineCarrier = <
  const Name extends string,
  const Words extends ProviderWords,
  Fields extends z.ZodObject,
  Changes extends z.ZodObject,
  Shown extends z.ZodObject,
>(
  carrier: Carrier<Name, Words, Fields, Changes, Shown>,
): Carrier<Name, Words, Fields, Changes, Shown> => carrier;
