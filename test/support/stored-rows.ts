/** What an object has stored, as it stands in its database. */

import { runInDurableObject } from "cloudflare:test";

/** The names of its tables, without those of the platform. */
export const tablesOf = (stub: DurableObjectStub): Promise<string[]> =>
  runInDurableObject(stub, (_, { storage }) =>
    storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray()
      .map(({ name }) => name),
  );

/** Every row of every table, as JSON. */
export async function rowsOf(stub: DurableObjectStub): Promise<string> {
  const tables = await tablesOf(stub);
  return runInDurableObject(stub, (_, { storage }) =>
    JSON.stringify(tables.map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray())),
  );
}
