/**
 * WebCrypto as the product uses it, on Node's synchronous functions. Its promises are already resolved, so no thread
 * decides the order of events.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  timingSafeEqual as timingSafeEqualOfNode,
} from "node:crypto";

type Key = { readonly bytes: Uint8Array; readonly hash: string };
type Algorithm = {
  readonly name: string;
  readonly hash?: string | { readonly name: string };
  readonly salt?: Uint8Array;
  readonly info?: Uint8Array;
  readonly iv?: Uint8Array;
  readonly additionalData?: Uint8Array;
};

const TAG_BYTES = 16;
const NOTHING = new Uint8Array();

const bytesOf = (source: BufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
const hashName = (hash: Algorithm["hash"]): string =>
  ((typeof hash === "string" ? hash : hash?.name) ?? "SHA-256").toLowerCase().replace("-", "");
const hmac = ({ bytes, hash }: Key, data: BufferSource): Uint8Array =>
  createHmac(hash, bytes).update(bytesOf(data)).digest();

export const subtle = {
  async digest(algorithm: string | Algorithm, data: BufferSource): Promise<ArrayBuffer> {
    const name = typeof algorithm === "string" ? algorithm : algorithm.name;
    return bufferOf(createHash(hashName(name)).update(bytesOf(data)).digest());
  },
  async importKey(_format: string, data: BufferSource, algorithm: string | Algorithm): Promise<Key> {
    return { bytes: bytesOf(data).slice(), hash: hashName(typeof algorithm === "string" ? undefined : algorithm.hash) };
  },
  async deriveKey({ hash, salt, info }: Algorithm, { bytes }: Key): Promise<Key> {
    return { bytes: new Uint8Array(hkdfSync(hashName(hash), bytes, salt ?? NOTHING, info ?? NOTHING, 32)), hash: "" };
  },
  async sign(_: string | Algorithm, key: Key, data: BufferSource): Promise<ArrayBuffer> {
    return bufferOf(hmac(key, data));
  },
  async verify(_: string | Algorithm, key: Key, signature: BufferSource, data: BufferSource): Promise<boolean> {
    return subtle.timingSafeEqual(hmac(key, data), signature);
  },
  async encrypt({ iv, additionalData }: Algorithm, { bytes }: Key, data: BufferSource): Promise<ArrayBuffer> {
    const cipher = createCipheriv("aes-256-gcm", bytes, iv ?? NOTHING).setAAD(additionalData ?? NOTHING);
    return bufferOf(Buffer.concat([cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()]));
  },
  async decrypt({ iv, additionalData }: Algorithm, { bytes }: Key, data: BufferSource): Promise<ArrayBuffer> {
    const sealed = bytesOf(data);
    const textEnd = sealed.byteLength - TAG_BYTES;
    const decipher = createDecipheriv("aes-256-gcm", bytes, iv ?? NOTHING).setAAD(additionalData ?? NOTHING);
    decipher.setAuthTag(sealed.subarray(textEnd));
    return bufferOf(Buffer.concat([decipher.update(sealed.subarray(0, textEnd)), decipher.final()]));
  },
  /** The platform's own function. Throws if the lengths differ. */
  timingSafeEqual(a: BufferSource, b: BufferSource): boolean {
    const [one, other] = [bytesOf(a), bytesOf(b)];
    return one.byteLength === other.byteLength && timingSafeEqualOfNode(one, other);
  },
};
