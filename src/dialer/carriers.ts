/** The registry. A new carrier adds its definition to `CARRIERS`, and changes nothing else outside of its folder. */

import type { z } from "zod";
import { present } from "../calling/requests/assert.ts";
import type { Region } from "../calling/words/region.ts";
import { bounded } from "./bounded.ts";
import type { Carrier, ProviderWords } from "./carrier.ts";
import { cartesia } from "./cartesia/carrier.ts";
import type { Dialer } from "./dialer.ts";
import { http } from "./http/carrier.ts";
import { jambonz } from "./jambonz/carrier.ts";
import { livekit } from "./livekit/carrier.ts";
import { telnyx } from "./telnyx/carrier.ts";
import { twilio } from "./twilio/carrier.ts";

export const CARRIERS = [twilio, cartesia, livekit, jambonz, http, telnyx] as const;

export type AnyCarrier = (typeof CARRIERS)[number];
export type CarrierName = AnyCarrier["name"];

/** A provider's `type` in the API. Several carriers share `sip_trunk`. */
export type ProviderType = AnyCarrier["words"]["type"];
export const PROVIDER_TYPES: readonly ProviderType[] = [...new Set(CARRIERS.map(({ words }) => words.type))];

/** The carriers whose providers have this type. */
export const carriersOfType = (type: ProviderType): CarrierName[] =>
  CARRIERS.filter(({ words }) => words.type === type).map(({ name }) => name);

type AccountOf<C> = C extends AnyCarrier ? { readonly carrier: C["name"] } & z.output<C["fields"]> : never;
type ShownOf<C> = C extends AnyCarrier ? { readonly carrier: C["name"] } & z.output<C["shown"]> : never;
type ChangesOf<C> = C extends AnyCarrier ? z.output<C["changes"]> : never;

/**
 * An account with a carrier, credentials included, from which a dialer is made. In memory and in messages, never stored
 * in this form.
 */
export type CarrierAccount = AccountOf<AnyCarrier>;
/** The account as reads show it. Persisted as JSON. */
export type ShownAccount = ShownOf<AnyCarrier>;
export type AccountChange = Partial<ChangesOf<AnyCarrier>>;

const BY_NAME: ReadonlyMap<string, Carrier> = new Map(CARRIERS.map((carrier) => [carrier.name, carrier]));

/** Null for an unknown name. */
export const findCarrier = (name: string): Carrier | null => BY_NAME.get(name) ?? null;
export const carrierNamed = (name: CarrierName): Carrier => present(findCarrier(name), "every name has its carrier");

/** By the names that a provider has in the API. */
export const carrierWithWords = (words: ProviderWords): AnyCarrier | null =>
  CARRIERS.find((carrier: Carrier) => carrier.words.type === words.type && carrier.words.gateway === words.gateway) ??
  null;

export type CarrierBaseUrls = Readonly<Partial<Record<string, string>>>;

/** `baseUrls`: replacements of carriers' own hosts, by the carrier's name. `region`: see `Carrier.dialer`. */
export const dialerFor = (account: CarrierAccount, baseUrls: CarrierBaseUrls, region: Region | null): Dialer =>
  bounded(carrierNamed(account.carrier).dialer(account, baseUrls[account.carrier] ?? null, region));
