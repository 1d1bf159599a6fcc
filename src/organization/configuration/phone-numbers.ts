/** Phone numbers that the organization calls from. Each belongs to the provider that places its calls. */

import { present } from "../../calling/requests/assert.ts";
import { type Failure, notFound } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { CARRIERS, carriersOfType } from "../../dialer/carriers.ts";
import { type Listing, listPage } from "../../storage/listing.ts";
import type { Sql } from "../../storage/sql.ts";
import type { PhoneNumberFilter, PhoneNumberView } from "../messages/telephony.ts";
import { dropPace, paceView } from "../rules/pace.ts";
import { findAgent } from "./agents.ts";
import { findProvider } from "./providers.ts";

type PhoneNumberRow = {
  id: string;
  label: string;
  number: string;
  carrier_number_id: string | null;
  provider_id: string;
  agent_id: string | null;
  created_at: number;
  updated_at: number;
};

const COLUMNS = "id, label, number, carrier_number_id, provider_id, agent_id, created_at, updated_at";
const INSERT = /*sql*/ `INSERT INTO phone_numbers (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const BY_ID = /*sql*/ `SELECT ${COLUMNS} FROM phone_numbers WHERE id = ?`;
const BY_NUMBER = /*sql*/ `SELECT ${COLUMNS} FROM phone_numbers WHERE number = ?`;
const ANY_OF_PROVIDER = /*sql*/ `SELECT id FROM phone_numbers WHERE provider_id = ? LIMIT 1`;
const ANY_OF_AGENT = /*sql*/ `SELECT id FROM phone_numbers WHERE agent_id = ? LIMIT 1`;
const UPDATE = /*sql*/ `
  UPDATE phone_numbers SET label = ?, provider_id = ?, agent_id = ?, updated_at = ? WHERE id = ?`;
const DELETE = /*sql*/ `DELETE FROM phone_numbers WHERE id = ?`;
/** None of the three fields contains a line feed, so no match spans two of them. An empty or null search finds all. */
const MATCHES = `
  instr(lower(label || char(10) || number || char(10) ||
    coalesce((SELECT name FROM agents WHERE agents.id = agent_id), '')), lower(?)) > 0
  AND agent_id IS coalesce(?, agent_id)
  AND provider_id = coalesce(?, provider_id)
  AND (SELECT carrier FROM providers WHERE providers.id = provider_id) IN (SELECT value FROM json_each(?))`;
const LISTING: Listing = {
  ordinalOfId: /*sql*/ `SELECT ordinal FROM phone_numbers WHERE ${MATCHES} AND id = ?`,
  older: /*sql*/ `SELECT ${COLUMNS} FROM phone_numbers WHERE ${MATCHES} AND ordinal < ? ORDER BY ordinal DESC LIMIT ?`,
  newer: /*sql*/ `SELECT ${COLUMNS} FROM phone_numbers WHERE ${MATCHES} AND ordinal > ? ORDER BY ordinal ASC LIMIT ?`,
};

function toView(sql: Sql, row: PhoneNumberRow): PhoneNumberView {
  const agent = row.agent_id === null ? null : findAgent(sql, row.agent_id);
  return {
    id: row.id,
    label: row.label,
    number: row.number,
    carrier_number_id: row.carrier_number_id,
    agent: agent === null ? null : { id: agent.id, name: agent.name },
    provider: present(findProvider(sql, row.provider_id), "a provider with numbers cannot be deleted").view,
    pace: paceView(sql, row.id),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function findPhoneNumber(sql: Sql, id: string): PhoneNumberView | null {
  const row = sql.kept<PhoneNumberRow>(["phone_numbers"], BY_ID, id);
  return row === null ? null : toView(sql, row);
}

export function getPhoneNumber(sql: Sql, id: string): Result<PhoneNumberView, Failure> {
  const number = findPhoneNumber(sql, id);
  return number === null ? err(notFound("phone_number")) : ok(number);
}

/** The provider that places the number's calls; null if the number does not exist. */
export const providerOf = (sql: Sql, id: string): string | null =>
  sql.kept<PhoneNumberRow>(["phone_numbers"], BY_ID, id)?.provider_id ?? null;

export const isImported = (sql: Sql, number: string): boolean => sql.first(BY_NUMBER, number) !== null;
export const hasNumbers = (sql: Sql, providerId: string): boolean => sql.first(ANY_OF_PROVIDER, providerId) !== null;
export const answersNumbers = (sql: Sql, agentId: string): boolean => sql.first(ANY_OF_AGENT, agentId) !== null;

export type StoredPhoneNumber = {
  readonly id: string;
  readonly label: string;
  readonly number: string;
  readonly carrierNumberId: string | null;
  readonly providerId: string;
  readonly agentId: string | null;
};

export function insertPhoneNumber(sql: Sql, number: StoredPhoneNumber, now: number): void {
  const { id, label, carrierNumberId, providerId, agentId } = number;
  sql.run(INSERT, id, label, number.number, carrierNumberId, providerId, agentId, now, now);
}

export function updatePhoneNumber(
  sql: Sql,
  { id, label, providerId, agentId }: Pick<StoredPhoneNumber, "id" | "label" | "providerId" | "agentId">,
  now: number,
): void {
  sql.run(UPDATE, label, providerId, agentId, now, id);
}

export function deletePhoneNumber(sql: Sql, id: string): Result<null, Failure> {
  dropPace(sql, id);
  return sql.run(DELETE, id) === 0 ? err(notFound("phone_number")) : ok(null);
}

export function listPhoneNumbers(
  sql: Sql,
  { text, agentId, providerId, type }: PhoneNumberFilter,
  request: PageRequest,
): Result<Page<PhoneNumberView>, Failure> {
  const carriers = type === null ? CARRIERS.map(({ name }) => name) : carriersOfType(type);
  const filter = [text, agentId, providerId, JSON.stringify(carriers)];
  return listPage<PhoneNumberRow, PhoneNumberView>(sql, LISTING, filter, request, (row) => toView(sql, row));
}
