import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../src/calling/secrets/base64.ts";

it("is what Node makes of the same bytes, and back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(text)).toEqual(new Uint8Array(bytes));
    }),
  );
});

it.each(["a", "ab=c", "*", "–"])("%j is none", (text) => {
  expect(fromBase64(text)).toBeNull();
});
