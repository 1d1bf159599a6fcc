/** Signs as Telnyx does: Ed25519 over `{timestamp}|{body}`. */

import { createPrivateKey, sign } from "node:crypto";
import { TELNYX } from "./known.ts";

/** What stands before the seed in a private key's PKCS #8 form (RFC 8410). */
const PKCS8 = "302e020100300506032b657004220420";

export function signedHeaders(body: string, at = Date.now(), seed: string = TELNYX.seed): Record<string, string> {
  const key = createPrivateKey({ key: Buffer.from(PKCS8 + seed, "hex"), format: "der", type: "pkcs8" });
  const timestamp = String(Math.floor(at / 1_000));
  return {
    "telnyx-timestamp": timestamp,
    "telnyx-signature-ed25519": sign(null, Buffer.from(`${timestamp}|${body}`), key).toString("base64"),
  };
}
