/** Which bucket an organization's archives go to: one of its own jurisdiction, or none. */

import { describe, expect, it } from "vitest";
import { archiveBucket } from "../../src/archive/bucket.ts";
import type { Bindings, Buckets } from "../../src/env.ts";

const bucket = (name: string) => ({ name }) as unknown as R2Bucket;
const ALL: Buckets = {
  ARCHIVE: bucket("ARCHIVE"),
  ARCHIVE_EU: bucket("ARCHIVE_EU"),
  ARCHIVE_US: bucket("ARCHIVE_US"),
  ARCHIVE_FEDRAMP: bucket("ARCHIVE_FEDRAMP"),
};
const chosen = (id: string, bindings: Partial<Bindings>) => archiveBucket(bindings as Bindings, id);
const NAMED = [
  ["org_acme", "ARCHIVE"],
  ["org_eu.acme", "ARCHIVE_EU"],
  ["org_us.acme", "ARCHIVE_US"],
  ["org_fedramp.acme", "ARCHIVE_FEDRAMP"],
] as const;

describe("the bucket of an organization's archives", () => {
  it.each(NAMED)("of %s is %s", (id, name) => {
    expect(chosen(id, ALL)).toEqual({ ok: true, value: ALL[name] });
  });

  it.each(NAMED)("of %s is no other, where %s is not bound", (id, name) => {
    const { [name]: _, ...others } = ALL;
    expect(chosen(id, others)).toMatchObject({
      failure: { kind: "not_configured", message: expect.stringMatching(`as ${name} before archive can be true`) },
    });
  });

  it("is the deployment's, for an organization that names no jurisdiction", () => {
    expect(chosen("org_acme", { ...ALL, JURISDICTION: "eu" })).toEqual({ ok: true, value: ALL.ARCHIVE_EU });
    expect(chosen("org_us.acme", { ...ALL, JURISDICTION: "eu" })).toEqual({ ok: true, value: ALL.ARCHIVE_US });
    expect(chosen("org_acme", { ARCHIVE: ALL.ARCHIVE, JURISDICTION: "eu" }).ok).toBe(false);
  });

  it("does not exist where R2 has none", () => {
    expect(chosen("org_fedramp-high.acme", ALL)).toMatchObject({
      failure: { message: "R2 has no buckets in fedramp-high, so archive must be false there" },
    });
  });
});
