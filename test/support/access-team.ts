/** A team of Cloudflare Access: signs tokens with a key of its own, and serves the public half where Access does. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { TestProject } from "vitest/node";
import { accessToken, type Claims, type Signer } from "./access-token.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the team for all test files in workerd, which sign by themselves. */
    accessTeam: { readonly url: string; readonly kid: string; readonly privateKey: JWK };
  }
}

type KeyPair = Signer & { readonly publicKey: JWK };

async function newKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = crypto.randomUUID();
  return { kid, key: privateKey, publicKey: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
}

/** Made once: it takes a while. */
let first: Promise<KeyPair> | null = null;

export class AccessTeam {
  /** How often its keys were fetched. */
  fetched = 0;
  isDown = false;
  #keys: readonly [KeyPair, ...KeyPair[]];
  readonly #server = createServer((request, response) => {
    if (request.url !== "/cdn-cgi/access/certs") return void response.writeHead(404).end();
    this.fetched += 1;
    if (this.isDown) return void response.writeHead(502).end();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ keys: this.#keys.map(({ publicKey }) => publicKey) }));
  });

  private constructor(pair: KeyPair) {
    this.#keys = [pair];
  }

  static async start(): Promise<AccessTeam> {
    first ??= newKeyPair();
    const team = new AccessTeam(await first);
    await new Promise<void>((listening) => team.#server.listen(0, "127.0.0.1", listening));
    return team;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get signer(): Signer {
    return this.#keys[0];
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** The new key signs from now on; the last one stays valid. */
  async rotate(): Promise<void> {
    this.#keys = [await newKeyPair(), this.#keys[0]];
  }

  token(claims: Claims, by: Partial<Signer> = {}): Promise<string> {
    return accessToken(this.url, { ...this.signer, ...by }, claims);
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const team = await AccessTeam.start();
  const { kid, key } = team.signer;
  project.provide("accessTeam", { url: team.url, kid, privateKey: await exportJWK(key) });
  return () => team.stop();
}
