/**
 * Ids: a prefix and 22 characters of base58 that encode 128 bits.
 *
 * An id routes itself. The first 88 bits of a batch's id are random and name its Durable Object; the ids of its
 * recipients and calls begin with the same 88 bits, followed by 8 zero bits and the 32-bit number of the recipient's
 * position or of the call. So a call's id leads to its batch without a look-up anywhere. Clients treat ids as opaque.
 */

import { hexOf } from "./digest.ts";
import { err, ok, type Result } from "./result.ts";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const DIGIT = new Map([...ALPHABET].map((character, value) => [character, BigInt(value)]));
/** 58^22 is the first power of 58 above 2^128, so 22 characters hold every value. */
const ENCODED_LENGTH = 22;
const ID_BYTES = 16;
const ROUTE_BYTES = 11;

export type BatchId = string;
export type RecipientId = string;
export type CallId = string;
export type OrganizationId = string;

/** Names a batch's Durable Object: 22 lower-case hexadecimal digits, the first 88 bits of every id that belongs to it. */
export type BatchRoute = string;

export type NumberedId = { readonly route: BatchRoute; readonly number: number };

function encode(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  let text = "";
  for (let index = 0; index < ENCODED_LENGTH; index += 1) {
    text = ALPHABET.charAt(Number(value % 58n)) + text;
    value /= 58n;
  }
  return text;
}

function decode(text: string): Uint8Array | null {
  if (text.length !== ENCODED_LENGTH) return null;
  let value = 0n;
  for (const character of text) {
    const digit = DIGIT.get(character);
    if (digit === undefined) return null;
    value = value * 58n + digit;
  }
  if (value >> 128n !== 0n) return null;
  const bytes = new Uint8Array(ID_BYTES);
  for (let index = ID_BYTES - 1; index >= 0; index -= 1) {
    bytes[index] = Number(value & 0xffn);
    value >>= 8n;
  }
  return bytes;
}

function bytesOfRoute(route: BatchRoute): Uint8Array {
  const bytes = new Uint8Array(ID_BYTES);
  for (let index = 0; index < ROUTE_BYTES; index += 1) {
    bytes[index] = Number.parseInt(route.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

function decodePrefixed(prefix: string, id: string): Uint8Array | null {
  return id.startsWith(prefix) ? decode(id.slice(prefix.length)) : null;
}

/** 128 random bits as 22 characters of base58. */
export const randomToken = (): string => encode(crypto.getRandomValues(new Uint8Array(ID_BYTES)));

export const newBatchId = (): BatchId => `acb_${randomToken()}`;
export const newOrganizationId = (): OrganizationId => `org_${randomToken()}`;
export const newAgentId = (): string => `agent_${randomToken()}`;
export const newPhoneNumberId = (): string => `ap_${randomToken()}`;
export const newProviderId = (): string => `app_${randomToken()}`;
export const newApiKeyId = (): string => `key_${randomToken()}`;
export const newWebhookId = (): string => `webhook_${randomToken()}`;

const TIME_BYTES = 6;
/** Its text sorts by the millisecond in which it was made: the alphabet is in the order of its characters' codes. */
export function newEventId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  for (let index = 0; index < TIME_BYTES; index += 1) {
    bytes[index] = Math.floor(now / 256 ** (TIME_BYTES - 1 - index)) % 256;
  }
  return `evt_${encode(bytes)}`;
}

/** The object that holds the batch; null where the text is no batch id at all. */
export function routeOfBatch(id: string): BatchRoute | null {
  const bytes = decodePrefixed("acb_", id);
  return bytes === null ? null : hexOf(bytes.subarray(0, ROUTE_BYTES));
}

function numberedId(prefix: string, route: BatchRoute, number: number): string {
  const bytes = bytesOfRoute(route);
  new DataView(bytes.buffer).setUint32(ID_BYTES - 4, number);
  return prefix + encode(bytes);
}

function parseNumberedId(prefix: string, id: string): NumberedId | null {
  const bytes = decodePrefixed(prefix, id);
  if (bytes === null || bytes[ROUTE_BYTES] !== 0) return null;
  const number = new DataView(bytes.buffer).getUint32(ID_BYTES - 4);
  return { route: hexOf(bytes.subarray(0, ROUTE_BYTES)), number };
}

/** `number`: the recipient's position in its batch, from 0. */
export const recipientId = (route: BatchRoute, number: number): RecipientId => numberedId("abcr_", route, number);
/** `number`: the call's number in its batch, from 1. */
export const callId = (route: BatchRoute, number: number): CallId => numberedId("ac_", route, number);
export const parseRecipientId = (id: string): NumberedId | null => parseNumberedId("abcr_", id);
export const parseCallId = (id: string): NumberedId | null => parseNumberedId("ac_", id);

/** Chosen ids (a team that moves here keeps its own) are letters, digits, `-` and `_` after the prefix. */
const CHOSEN = /^[A-Za-z0-9_-]{1,64}$/;
export const isChosenId = (prefix: "org_" | "agent_" | "ap_" | "app_", id: string): boolean =>
  id.startsWith(prefix) && CHOSEN.test(id.slice(prefix.length));

/** `sk_<organization>_<secret>`: the id of the organization without its prefix, then letters, digits and `-`. */
export const API_KEY = /^sk_([A-Za-z0-9_-]{1,64})_([A-Za-z0-9-]{8,128})$/;

/** The organization that a key names, so that checking it asks that organization's object and no other. */
export function organizationOfApiKey(key: string): Result<OrganizationId, "malformed"> {
  const match = API_KEY.exec(key);
  return match === null ? err("malformed") : ok(`org_${match[1]}`);
}

export const newApiKey = (organization: OrganizationId): string =>
  `sk_${organization.slice("org_".length)}_${randomToken()}${randomToken()}`;
