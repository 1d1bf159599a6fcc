import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { callId, newBatchId, randomToken, routeOfBatch } from "../../src/calling/secrets/ids.ts";
import { judgeToken, signedToken } from "../../src/calling/secrets/signed-token.ts";

const RING = ["the newest key", "the key before it"];
const CALL = callId(routeOfBatch(newBatchId(), "org_test") ?? "", 1);
const TOKEN = randomToken();
const SIGNED = signedToken(RING, CALL, TOKEN);

describe("a signed token", () => {
  it("is good for what it was signed for, and is the token again", () => {
    expect(judgeToken(RING, CALL, SIGNED)).toEqual({ kind: "signed", token: TOKEN });
  });

  it("is signed with HMAC-SHA-256 by a key of its own", () => {
    const key = createHmac("sha256", RING[0] ?? "")
      .update("callbatch: tokens in URLs")
      .digest();
    const expected = createHmac("sha256", key).update(`${CALL} ${TOKEN}`).digest("hex").slice(0, 16);
    expect(SIGNED).toBe(TOKEN + expected);
  });

  it("is good by an older key of the ring, and signed by the newest", () => {
    const before = signedToken(["the key before it"], CALL, TOKEN);
    expect(before).not.toBe(SIGNED);
    expect(judgeToken(RING, CALL, before).kind).toBe("signed");
    expect(judgeToken(["the newest key"], CALL, before).kind).toBe("forged");
  });

  it.each([
    ["of another call", callId(routeOfBatch(newBatchId(), "org_test") ?? "", 1), SIGNED],
    ["with another token", CALL, randomToken() + SIGNED.slice(22)],
    ["with another signature", CALL, `${TOKEN}${"0".repeat(16)}`],
    ["cut short", CALL, SIGNED.slice(0, -1)],
    ["with more behind it", CALL, `${SIGNED}0`],
    [
      "with a signature in capitals",
      CALL,
      TOKEN +
        SIGNED.slice(22)
          .toUpperCase()
          .replace(/^[^A-F]*$/, "G".repeat(16)),
    ],
    ["that is empty", CALL, ""],
  ])("%s is forged", (_, call, token) => {
    expect(judgeToken(RING, call, token)).toEqual({ kind: "forged" });
  });

  it("is known from one that has no signature", () => {
    expect(judgeToken(RING, CALL, TOKEN)).toEqual({ kind: "unsigned", token: TOKEN });
  });

  it("has no signature where there is no key", () => {
    expect(signedToken([], CALL, TOKEN)).toBe(TOKEN);
    expect(judgeToken([], CALL, SIGNED)).toEqual({ kind: "forged" });
  });
});
