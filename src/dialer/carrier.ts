/**
 * The definition of a carrier, as data. Each carrier's folder exports one, and `carriers.ts` lists them. From the list
 * follow the schemas of providers, what is stored and shown, the OpenAPI document and the callbacks.
 */

import type { z } from "zod";
import type { Destination } from "../calling/numbers/destinations.ts";
import type { ConnectionType } from "../calling/words/agent-connection.ts";
import type { Region } from "../calling/words/region.ts";
import type { CarrierRequest, Dialer } from "./dialer.ts";

/** Facts about the carrier that other rooms decide by. */
export type Capabilities = {
  /**
   * How long a repeated request to place the same call places no second call (an idempotency key). Null: a repeat may
   * dial again, so requests are never repeated.
   */
  readonly repeatableForMs: number | null;
  /** How a call whose answer was lost is found: by our own call's id, or only among the calls to its number. */
  readonly finds: "exactly" | "by_number";
  /** Its report that a call was completed has the duration from the answer on. */
  readonly tellsDuration: boolean;
  /**
   * It can tell a person from an answering machine without holding the call back (`asksWhoAnswers`). If only some
   * accounts can, the definition's `lacksToDetect` says which cannot.
   */
  readonly detectsMachines: boolean;
  /**
   * It accepts calls before it dials them, and reports that they wait. Such a call can be ended before a phone rings.
   */
  readonly queues: boolean;
  /** Whether `end` works for a ringing call, and for an answered one. */
  readonly endsRinging: boolean;
  readonly endsAnswered: boolean;
  /**
   * Where its callbacks go: to each call's own URL with a secret token, or to one URL for all calls, which needs
   * signatures.
   */
  readonly callbacks: "per_call" | "shared";
  /** `with_secret`: only if the provider has the secret to verify with. */
  readonly callbacksAreSigned: "always" | "with_secret" | "never";
  /** Calls a second for an account without a special agreement; null if the carrier documents none. */
  readonly callsPerSecond: number | null;
  /** The longest call that it carries. A longer one is requested with this length, and ends there. */
  readonly maxCallSeconds: number;
};

/** How the API names a provider of this carrier: its type, and the gateway of a SIP trunk. */
export type ProviderWords = { readonly type: string; readonly gateway?: string };

export interface Carrier<
  Name extends string = string,
  Words extends ProviderWords = ProviderWords,
  Fields extends z.ZodObject = z.ZodObject,
  Changes extends z.ZodObject = z.ZodObject,
  Shown extends z.ZodObject = z.ZodObject,
> {
  /**
   * The folder's name. It is stored with a provider, is part of the callbacks' path, and is the key that replaces its
   * base URL.
   */
  readonly name: Name;
  /** The name for people. */
  readonly title: string;
  readonly words: Words;

  /** What a provider is called that is given no label. Without this, a label is required. */
  usualLabel?(account: z.output<Fields>): string;
  /** A provider's fields as a client writes them. Their output is the account that a dialer is made from. */
  readonly fields: Fields;
  /** Fields that may be changed afterwards; absent ones are left unchanged. */
  readonly changes: Changes;
  /** Fields that are stored sealed. `shown` must have all others, unchanged. */
  readonly secrets: readonly (keyof z.output<Fields> & string)[];
  /**
   * Where the account's secrets are sent. A change of such an address must include the secrets again. Lists every field
   * that reads do not show as it is.
   */
  readonly sends: readonly Destination[];
  /** What reads show, in this order. */
  readonly shown: Shown;
  show(account: z.output<Fields>): z.output<Shown>;
  /** The account's fields that are URLs, by name: outside development they must be public. */
  urls?(account: z.output<Fields>): Readonly<Record<string, string>>;
  /** The account's fields that are hosts with an optional port, by name: the same applies. */
  hosts?(account: z.output<Fields>): Readonly<Record<string, string>>;

  /** The region for batches that name none. */
  regionOf(shown: z.output<Shown>): Region;
  /** A batch may name its region. */
  readonly choosesRegion: boolean;
  /** If it may: the regions of this account. */
  regionsOf?(shown: z.output<Shown>): readonly Region[];
  /** Importing a number needs the carrier's own id of it. */
  readonly needsNumberId: boolean;
  /**
   * If only some accounts can tell a person from a machine: what this one lacks, and what to do. The text follows "the
   * provider". Null if it lacks nothing.
   */
  lacksToDetect?(shown: z.output<Shown>): string | null;
  /** The kinds of agents that it can connect a call to. */
  readonly connects: readonly ConnectionType[];
  readonly capabilities: Capabilities;

  /** The callbacks' headers that are read, in lower case; others stay in the Worker. */
  readonly callbackHeaders: readonly string[];

  /** The largest callback in bytes, if a few hundred are not enough. */
  readonly maxCallbackBytes?: number;

  /**
   * For shared callbacks: the id of our call in the request, or null. It is not verified; it only selects the batch
   * that verifies the request.
   */
  callIdOf?(request: CarrierRequest): string | null;

  /**
   * `baseUrl` replaces the carrier's own hosts, for a stand-in. `region`: the region of the calls' batch; null for
   * questions about the account.
   */
  dialer(account: z.output<Fields>, baseUrl: string | null, region: Region | null): Dialer;
}

/** Keeps the definition's exact types, from which the account's types follow. */
export const defineCarrier = <
  const Name extends string,
  const Words extends ProviderWords,
  Fields extends z.ZodObject,
  Changes extends z.ZodObject,
  Shown extends z.ZodObject,
>(
  carrier: Carrier<Name, Words, Fields, Changes, Shown>,
): Carrier<Name, Words, Fields, Changes, Shown> => carrier;
