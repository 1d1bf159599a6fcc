import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SERVED_VERSIONS } from "../../src/api/guards/served-versions.ts";
import { servedVersion } from "../../src/api/guards/version.ts";

const [OLDEST, NEWEST] = SERVED_VERSIONS;
const LAST_DAY = "9999-12-31";

/** A day between two, both included, as the header says it. */
const day = (first: string, last: string) =>
  fc
    .integer({ min: Date.parse(first) / 86_400_000, max: Date.parse(last) / 86_400_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

describe("the version that a request is served as", () => {
  it.each([
    ["2026-03-01", "2026-03-01"],
    ["2026-03-02", "2026-03-01"],
    ["2026-08-13", "2026-03-01"],
    ["2026-08-14", "2026-08-14"],
    ["2026-08-15", "2026-08-14"],
    ["2028-02-29", "2026-08-14"],
    [LAST_DAY, "2026-08-14"],
  ])("%s is served as %s", (asked, served) => {
    expect(servedVersion(asked)).toEqual({ ok: true, value: served });
  });

  it("is the newest that is not newer than the one asked for", () => {
    fc.assert(
      fc.property(day(OLDEST, LAST_DAY), (asked) => {
        expect(servedVersion(asked)).toEqual({ ok: true, value: asked < NEWEST ? OLDEST : NEWEST });
      }),
    );
  });
});

describe("a version that is refused", () => {
  it.each([undefined, ""])("is missing: %j", (header) => {
    expect(servedVersion(header)).toEqual({
      ok: false,
      failure: {
        code: "missing_version",
        message: "send Cartesia-Version: YYYY-MM-DD; 2026-03-01 and 2026-08-14 are served",
      },
    });
  });

  it("is older than the oldest served one, and is told which are served", () => {
    fc.assert(
      fc.property(day("0001-01-01", "2026-02-28"), (asked) => {
        expect(servedVersion(asked)).toEqual({
          ok: false,
          failure: {
            code: "unsupported_version",
            message: `Cartesia-Version ${asked} is too old; 2026-03-01 and 2026-08-14 are served`,
          },
        });
      }),
    );
  });

  it.each([
    "1",
    "latest",
    "2026-3-1",
    "2026-03-01T00:00:00Z",
    " 2026-03-01",
    "2026-03-01\n",
    "2026/03/01",
    "20260301",
    "12026-03-01",
    "2026-00-10",
    "2026-13-01",
    "2026-04-00",
    "2026-04-31",
    "2027-02-29",
    "٢٠٢٦-٠٣-٠١",
  ])("is no date: %j", (header) => {
    expect(servedVersion(header)).toEqual({
      ok: false,
      failure: {
        code: "unsupported_version",
        message: "Cartesia-Version must be a date YYYY-MM-DD; 2026-03-01 and 2026-08-14 are served",
      },
    });
  });
});
