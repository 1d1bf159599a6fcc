/** The directory's tables, step by step (`storage/migrations.ts`). */

import { ANSWERED_REQUESTS } from "./answered-rows.ts";

export const DIRECTORY_STEPS: readonly string[] = [
  /*sql*/ `CREATE TABLE organizations (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)`,
  /*sql*/ `CREATE TABLE key_signing (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), secret TEXT NOT NULL)`,
  ...ANSWERED_REQUESTS,
  /*sql*/ `CREATE TABLE unsigned_tokens (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), until INTEGER NOT NULL)`,
  // An earlier release gave out unsigned tokens. They stay valid for a day from the first start of this one; a call
  // lasts 8 hours at most.
  /*sql*/ `INSERT INTO unsigned_tokens (only_row, until)
    SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM organizations) THEN (unixepoch() + 86400) * 1000 ELSE 0 END`,
  // The jurisdictions that organizations were created in.
  /*sql*/ `CREATE TABLE jurisdictions (name TEXT PRIMARY KEY) WITHOUT ROWID`,
  // An organization that is being deleted, or was: its id is never given again.
  /*sql*/ `ALTER TABLE organizations ADD COLUMN removal_requested_at INTEGER`,
  /*sql*/ `ALTER TABLE organizations ADD COLUMN removed_at INTEGER`,
  // Where a person may sign in: an e-mail address, or a domain as "@example.com". The organization knows the role.
  /*sql*/ `CREATE TABLE sign_ins (
    who TEXT NOT NULL,
    organization_id TEXT NOT NULL,
    PRIMARY KEY (who, organization_id)
  ) WITHOUT ROWID`,
  /*sql*/ `CREATE INDEX sign_ins_of_organization ON sign_ins (organization_id)`,
];
