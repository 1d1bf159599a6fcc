import { describe, expect, it } from "vitest";
import { areSameBytes, digestOf, isSameSecret } from "../../src/calling/secrets/digest.ts";

describe("two secrets", () => {
  it("are the same where every byte of their digests is, and no other way", async () => {
    const digest = await digestOf("a secret");
    expect(areSameBytes(digest, await digestOf("a secret"))).toBe(true);
    for (let at = 0; at < digest.length; at += 1) {
      for (const bit of [1, 128]) {
        const other = digest.map((byte, index) => (index === at ? byte ^ bit : byte));
        expect(areSameBytes(digest, other)).toBe(false);
      }
    }
    expect(areSameBytes(digest, digest.slice(0, -1))).toBe(false);
    expect(areSameBytes(digest, new Uint8Array())).toBe(false);
  });

  it("are compared as they are sent", async () => {
    expect(await isSameSecret("a secret", "a secret")).toBe(true);
    for (const other of ["", "a secre", "a secret ", "A secret"])
      expect(await isSameSecret(other, "a secret")).toBe(false);
  });
});
