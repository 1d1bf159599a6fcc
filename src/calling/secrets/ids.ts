/**
 * Ids: a prefix and 22 characters of base58 that encode 128 bits.
 *
 * An id routes itself. The first 88 bits of a batch's id are random and name its Durable Object. The ids of its
 * recipients and calls begin with the same 88 bits. Then come 8 bits for the jurisdiction and a 32-bit number: the
 * recipient's position, or the call's number. So a call's id leads to its batch without a look-up. The ids of
 * organizations and webhooks name their jurisdiction. A batch's id does not: only its organization's clients use it.
 * Clients treat ids as opaque.
 */

import { present } from "../requests/assert.ts";
import { err, ok, type Result } from "../requests/result.ts";
import {
  JURISDICTION_PATTERN,
  JURISDICTIONS,
  type Jurisdiction,
  jurisdictionOf,
  nameWithin,
} from "../words/jurisdiction.ts";
import { hexOf } from "./digest.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const DIGIT = new Map([...ALPHABET].map((character, value) => [character, value]));
/** 58^22 is the first power of 58 above 2^128, so 22 characters hold every value. */
const ENCODED_LENGTH = 22;
/** As many digits as a number holds exactly. */
const PART_LENGTH = 9;
const PART = 58n ** BigInt(PART_LENGTH);
const ID_BYTES = 16;
/** Digits of the value in hexadecimal. */
const VALUE_DIGITS = 32;
const ROUTE_DIGITS = 22;
const NUMBER_DIGITS = 8;

export type BatchId = string;
export type RecipientId = string;
export type CallId = string;
export type OrganizationId = string;

/**
 * Names a batch's Durable Object: 22 lower-case hexadecimal digits, the first 88 bits of each of its ids. In a
 * jurisdiction its name comes before them: `eu.0123456789abcdef012345`.
 */
export type BatchRoute = string;

export type NumberedId = { readonly route: BatchRoute; readonly number: number };

/** `hex`: 32 digits. */
function encode(hex: string): string {
  let value = BigInt(`0x${hex}`);
  let text = "";
  while (text.length < ENCODED_LENGTH) {
    text = encodePart(Number(value % PART)) + text;
    value /= PART;
  }
  return text.slice(-ENCODED_LENGTH);
}

const PAIR = 58 ** 2;
const PAIRS = Array.from({ length: PAIR }, (_, pair) => ALPHABET.charAt(pair / 58) + ALPHABET.charAt(pair % 58));

function encodePart(part: number): string {
  let text = "";
  let rest = part;
  while (text.length < PART_LENGTH - 1) {
    text = PAIRS[rest % PAIR] + text;
    rest = Math.floor(rest / PAIR);
  }
  return ALPHABET.charAt(rest) + text;
}

/** The value as 32 hexadecimal digits; null if the text does not encode 128 bits. */
function decode(text: string): string | null {
  if (text.length !== ENCODED_LENGTH) return null;
  let value = 0n;
  for (let from = 0; from < ENCODED_LENGTH; from += PART_LENGTH) {
    const part = text.slice(from, from + PART_LENGTH);
    const partValue = decodePart(part);
    if (partValue === null) return null;
    value = value * 58n ** BigInt(part.length) + BigInt(partValue);
  }
  return value >> 128n === 0n ? value.toString(16).padStart(VALUE_DIGITS, "0") : null;
}

function decodePart(part: string): number | null {
  let value = 0;
  for (const character of part) {
    const digit = DIGIT.get(character);
    if (digit === undefined) return null;
    value = value * 58 + digit;
  }
  return value;
}

function decodePrefixed(prefix: string, id: string): string | null {
  return id.startsWith(prefix) ? decode(id.slice(prefix.length)) : null;
}

/** So many random bytes. What decides is given them, and draws none itself. */
export type RandomBytes = (count: number) => Uint8Array<ArrayBuffer>;
export const randomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** 128 random bits as 22 characters of base58. */
export const randomToken = (random: RandomBytes = randomBytes): string => encode(hexOf(random(ID_BYTES)));

export const newBatchId = (): BatchId => `acb_${randomToken()}`;
/** 88 random bits, in hexadecimal. */
export const newRouteDigits = (): string => hexOf(crypto.getRandomValues(new Uint8Array(ROUTE_DIGITS / 2)));
/**
 * The id of one of several orders that share an object. `digits`: of its route, without a jurisdiction. `number`: once
 * in that object, from 0, below 2^40.
 */
export const batchIdWithin = (digits: string, number: number): BatchId =>
  `acb_${encode(digits + number.toString(16).padStart(VALUE_DIGITS - ROUTE_DIGITS, "0"))}`;

export const newOrganizationId = (jurisdiction: Jurisdiction | null): OrganizationId =>
  `org_${nameWithin(jurisdiction, randomToken())}`;
export const newAgentId = (): string => `agent_${randomToken()}`;
export const newPhoneNumberId = (): string => `ap_${randomToken()}`;
export const newProviderId = (): string => `app_${randomToken()}`;
export const newApiKeyId = (): string => `key_${randomToken()}`;
export const newMemberId = (): string => `member_${randomToken()}`;
export const newErasureId = (): string => `erasure_${randomToken()}`;
/** In the jurisdiction of its organization. */
export const newWebhookId = (owner: OrganizationId): string =>
  `webhook_${nameWithin(jurisdictionOf(owner), randomToken())}`;

const TIME_BYTES = 6;
const TIME_DIGITS = TIME_BYTES * 2;
/**
 * The id of a record of the audit: it sorts by its time. `act`: at least 20 hexadecimal digits, with or without dashes. The
 * same act at the same time has the same id.
 */
export const auditId = (at: number, act: string): string =>
  `audit_${encode(timeDigits(at) + act.replaceAll("-", "").slice(TIME_DIGITS - VALUE_DIGITS))}`;
export const isAuditId = (id: string): boolean => decodePrefixed("audit_", id) !== null;
/** No record from this time on has a lower one. */
export const firstAuditId = (at: number): string => auditId(at, "0".repeat(VALUE_DIGITS));
const timeDigits = (at: number): string => Math.max(0, at).toString(16).padStart(TIME_DIGITS, "0").slice(-TIME_DIGITS);

/** Sorts by the millisecond of its creation: the alphabet is in the order of its character codes. */
export function newEventId(now: number, random: RandomBytes = randomBytes): string {
  const bytes = random(ID_BYTES);
  for (let index = 0; index < TIME_BYTES; index += 1) {
    bytes[index] = Math.floor(now / 256 ** (TIME_BYTES - 1 - index)) % 256;
  }
  return `evt_${encode(hexOf(bytes))}`;
}

/**
 * The object that holds the batch; null if the text is not a batch's id. `owner`: its organization, or another name in
 * the same jurisdiction.
 */
export function routeOfBatch(id: string, owner: string): BatchRoute | null {
  const digits = decodePrefixed("acb_", id)?.slice(0, ROUTE_DIGITS);
  return digits === undefined ? null : nameWithin(jurisdictionOf(owner), digits);
}

/** One id for each object of an organization. */
export const onePerRoute = (ids: readonly BatchId[]): BatchId[] => [
  ...new Map(ids.map((id) => [decodePrefixed("acb_", id)?.slice(0, ROUTE_DIGITS) ?? id, id])).values(),
];

/** Between the route's digits and the number: 0 without a jurisdiction. */
const PLACE_DIGITS = 2;
const PLACES = [null, ...JURISDICTIONS];

function hexOfNumbered(route: BatchRoute, number: number): string {
  const place = PLACES.indexOf(jurisdictionOf(route)).toString(16).padStart(PLACE_DIGITS, "0");
  return route.slice(-ROUTE_DIGITS) + place + number.toString(16).padStart(NUMBER_DIGITS, "0");
}

/** The ids of one batch usually differ only in their last part: `low` and the number. */
type Base = { readonly route: BatchRoute; readonly high: string; readonly low: number };
const HIGH_LENGTH = ENCODED_LENGTH - PART_LENGTH;

function baseOf(route: BatchRoute): Base {
  const zeroth = encode(hexOfNumbered(route, 0));
  return {
    route,
    high: zeroth.slice(0, HIGH_LENGTH),
    low: present(decodePart(zeroth.slice(HIGH_LENGTH)), "it is encoded"),
  };
}

/** Kept for the last route, because each call's ids are written and read several times. */
let base = baseOf("0".repeat(ROUTE_DIGITS));

function numberedId(prefix: string, route: BatchRoute, number: number): string {
  if (route !== base.route) base = baseOf(route);
  const low = base.low + number;
  const text = low < Number(PART) ? base.high + encodePart(low) : encode(hexOfNumbered(route, number));
  return prefix + text;
}

function parseNumberedId(prefix: string, id: string): NumberedId | null {
  if (
    id.startsWith(base.high, prefix.length) &&
    id.startsWith(prefix) &&
    id.length === prefix.length + ENCODED_LENGTH
  ) {
    const low = decodePart(id.slice(-PART_LENGTH));
    const number = low === null ? -1 : low - base.low;
    if (number >= 0 && number < 2 ** 32) return { route: base.route, number };
  }
  const hex = decodePrefixed(prefix, id);
  if (hex === null) return null;
  const place = PLACES[Number.parseInt(hex.slice(ROUTE_DIGITS, -NUMBER_DIGITS), 16)];
  if (place === undefined) return null;
  const route = nameWithin(place, hex.slice(0, ROUTE_DIGITS));
  return { route, number: Number.parseInt(hex.slice(-NUMBER_DIGITS), 16) };
}

/** `number`: the recipient's position in its batch, from 0. */
export const recipientId = (route: BatchRoute, number: number): RecipientId => numberedId("abcr_", route, number);
/** `number`: the call's number in its batch, from 1. */
export const callId = (route: BatchRoute, number: number): CallId => numberedId("ac_", route, number);
export const parseRecipientId = (id: string): NumberedId | null => parseNumberedId("abcr_", id);
export const parseCallId = (id: string): NumberedId | null => parseNumberedId("ac_", id);

const CHOSEN = "[A-Za-z0-9_-]{1,64}";
/** The part of an organization's id that its keys repeat. */
export const ORGANIZATION_PART = `(?:(?:${JURISDICTION_PATTERN})\\.)?${CHOSEN}`;
/**
 * Chosen ids, which a team that moves here may keep: letters, digits, `-` and `_` after the prefix. An organization's
 * may name its jurisdiction before them.
 */
export const CHOSEN_IDS = {
  org_: new RegExp(`^org_${ORGANIZATION_PART}$`),
  agent_: new RegExp(`^agent_${CHOSEN}$`),
  ap_: new RegExp(`^ap_${CHOSEN}$`),
  app_: new RegExp(`^app_${CHOSEN}$`),
} as const;
export const isChosenId = (prefix: keyof typeof CHOSEN_IDS, id: string): boolean => CHOSEN_IDS[prefix].test(id);

/** `sk_<organization>_<secret>`: the id of the organization without its prefix, then letters, digits and `-`. */
export const API_KEY = new RegExp(`^sk_(${ORGANIZATION_PART})_([A-Za-z0-9-]{8,128})$`);

/** The organization that a key names, so that only its object is asked to check the key. */
export function organizationOfApiKey(key: string): Result<OrganizationId, "malformed"> {
  const match = API_KEY.exec(key);
  return match === null ? err("malformed") : ok(`org_${match[1]}`);
}
