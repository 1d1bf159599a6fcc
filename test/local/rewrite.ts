/**
 * Rewrites the runtime's databases that have changed. SQLite leaves the bytes of deleted rows in free pages and in its log, and
 * the runtime allows objects neither `secure_delete` nor `VACUUM`. So an erased number would stay in a file.
 */

import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** When it was written last, everything was rewritten. */
const STAMP = "rewritten";
const DATABASE = ".sqlite";

/**
 * Only while no runtime uses them. Atomic for each database, whatever breaks off. Throws what SQLite throws; then all that
 * have changed are due again.
 */
export function rewriteChanged(stateDir: string): void {
  const stamp = join(stateDir, STAMP);
  const since = changedAt(stamp);
  for (const file of databasesIn(join(stateDir, "v3"))) {
    if (Math.max(changedAt(file), changedAt(`${file}-wal`)) >= since) rewrite(file);
  }
  writeFileSync(stamp, "", { mode: 0o600 });
}

function rewrite(file: string): void {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("VACUUM");
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const databasesIn = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(DATABASE))
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
