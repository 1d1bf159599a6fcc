-- The database of a webhook's object, as the steps in migrations.ts leave it. `npm run schema` writes it. What the columns
-- mean stands in packs.ts.

-- One row: whose it is, and since when every delivery has failed.
CREATE TABLE webhook (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  failing_since INTEGER
);

-- The deliveries that are pending, and the last ones that are over. Those of events that came together share a row.
CREATE TABLE packs (
  number INTEGER PRIMARY KEY,
  deliveries TEXT NOT NULL,
  events TEXT NOT NULL
);
