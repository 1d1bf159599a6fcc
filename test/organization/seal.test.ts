import { describe, expect, it } from "vitest";
import { settingsOf } from "../../src/env.ts";
import { resealed, seal, unseal } from "../../src/organization/store/seal.ts";

const TEXT = '{"api_key":"a secret"}';
const sealedBy = async (key: string, context = "app_1"): Promise<string> => {
  const sealed = await seal([key], context, TEXT);
  if (sealed === null) expect.fail("there is a key");
  return sealed;
};

describe("what is sealed", () => {
  it("opens with the key and for the row that it was sealed for", async () => {
    expect(await unseal(["key"], "app_1", await sealedBy("key"))).toBe(TEXT);
  });

  it("does not open in another row, with another key, or changed in any byte", async () => {
    const sealed = await sealedBy("key");
    expect(await unseal(["key"], "app_2", sealed)).toBeNull();
    expect(await unseal(["key"], "", sealed)).toBeNull();
    expect(await unseal(["other"], "app_1", sealed)).toBeNull();
    expect(await unseal([], "app_1", sealed)).toBeNull();
    const bytes = Uint8Array.from(atob(sealed), (character) => character.charCodeAt(0));
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
      expect(await unseal(["key"], "app_1", btoa(String.fromCharCode(...changed)))).toBeNull();
    }
  });

  it("is another text each time, and nothing without a key", async () => {
    expect(await sealedBy("key")).not.toBe(await sealedBy("key"));
    expect(await seal([], "app_1", TEXT)).toBeNull();
  });
});

describe("a ring of keys", () => {
  const RING = ["newest", "older", "oldest"];

  it("opens what any of its keys sealed, and seals with the newest alone", async () => {
    for (const key of RING) expect(await unseal(RING, "app_1", await sealedBy(key))).toBe(TEXT);
    const sealed = await seal(RING, "app_1", TEXT);
    expect(await unseal(["newest"], "app_1", sealed ?? "")).toBe(TEXT);
    expect(await unseal(["older", "oldest"], "app_1", sealed ?? "")).toBeNull();
  });

  it("seals again what an older key sealed, for the same row", async () => {
    const again = await resealed(RING, "app_1", await sealedBy("oldest"));
    if (again.kind !== "resealed") expect.fail(again.kind);
    expect(await unseal(["newest"], "app_1", again.sealed)).toBe(TEXT);
    expect(await unseal(["newest"], "app_2", again.sealed)).toBeNull();
    expect(await resealed(RING, "app_1", again.sealed)).toEqual({ kind: "current" });
    expect(await resealed(RING, "app_1", await sealedBy("lost"))).toEqual({ kind: "unopened" });
    expect(await resealed(RING, "app_2", await sealedBy("older"))).toEqual({ kind: "unopened" });
  });

  it.each([
    [{}, []],
    [{ ENCRYPTION_KEY: "" }, []],
    [{ ENCRYPTION_KEY: "a" }, ["a"]],
    [{ ENCRYPTION_KEY: "a", ENCRYPTION_KEYS_OLD: "" }, ["a"]],
    [{ ENCRYPTION_KEY: "a", ENCRYPTION_KEYS_OLD: "b with spaces" }, ["a", "b with spaces"]],
    [{ ENCRYPTION_KEY: "a", ENCRYPTION_KEYS_OLD: '["b","c"]' }, ["a", "b", "c"]],
    [{ ENCRYPTION_KEYS_OLD: "b" }, []],
  ])("of %j is %j", (variables, ring) => {
    expect(settingsOf(variables).keyRing).toEqual(ring);
  });

  it.each(["[1]", '[""]', "[", "[{}]"])("is refused as %s", (old) => {
    expect(() => settingsOf({ ENCRYPTION_KEY: "a", ENCRYPTION_KEYS_OLD: old })).toThrow();
  });
});
