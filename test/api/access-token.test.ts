/** Cloudflare Access' tokens: what is accepted, what is refused and why. The keys are fetched over HTTP. */

import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { personOf } from "../../src/api/guards/access-token.ts";
import { type Access, settingsOf } from "../../src/env.ts";
import { AccessTeam } from "../support/access-team.ts";
import { AUDIENCE, type Claims } from "../support/access-token.ts";

let team: AccessTeam;
let access: Access;
beforeEach(async () => {
  team = await AccessTeam.start();
  access = { issuer: team.url, audiences: [AUDIENCE, "another tag"] };
});
afterEach(async () => {
  vi.useRealTimers();
  await team.stop();
});

const ADA = { email: "Ada@Example.com" };
const seconds = () => Math.floor(Date.now() / 1_000);
const judge = (token: string) => personOf(token, access);
const kindOf = async (token: string) => {
  const judged = await judge(token);
  return judged.ok ? "person" : judged.failure.kind;
};

describe("a token of the team", () => {
  it("names the person in lower case, until it expires", async () => {
    const exp = seconds() + 60;
    const judged = await judge(await team.token({ ...ADA, exp }));
    expect(judged).toEqual({ ok: true, value: { email: "ada@example.com", expiresAt: exp * 1_000 } });
  });

  it("may be for any of the audiences, and name it alone", async () => {
    expect(await kindOf(await team.token({ ...ADA, aud: "another tag" }))).toBe("person");
  });

  it.each<[string, () => Claims, string]>([
    ["for another application", () => ({ ...ADA, aud: ["e".repeat(64)] }), "ACCESS_AUD"],
    ["for none", () => ({ ...ADA, aud: [] }), "ACCESS_AUD"],
    ["of another team", () => ({ ...ADA, iss: "https://other.cloudflareaccess.com" }), "ACCESS_TEAM_DOMAIN"],
    ["that has expired", () => ({ ...ADA, exp: seconds() - 60 }), "has ended"],
    ["that is not valid yet", () => ({ ...ADA, nbf: seconds() + 60 }), "its nbf"],
    ["without an end", () => ({ ...ADA, exp: undefined as never }), "its exp"],
    ["of a service token", () => ({ common_name: "e367826f93b8.access", sub: "" }), "names no person"],
    ["with an e-mail that is none", () => ({ email: "ada" }), "names no person"],
  ])("is refused %s", async (_, claims, why) => {
    const judged = await judge(await team.token(claims()));
    expect(judged).toMatchObject({ ok: false, failure: { kind: "refused", message: expect.stringContaining(why) } });
  });
});

describe("a forged token", () => {
  it("is refused with the name of a real key, signed by another", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const judged = await judge(await team.token(ADA, { key: privateKey }));
    expect(judged).toMatchObject({ failure: { kind: "forged", message: expect.stringContaining("signature") } });
  });

  it.each([["HS256"], ["ES256"], ["PS256"]])("is refused with %s", async (alg) => {
    const key = alg === "HS256" ? new TextEncoder().encode("s".repeat(32)) : (await generateKeyPair(alg)).privateKey;
    const token = await new SignJWT({ ...ADA, aud: AUDIENCE, iss: team.url, exp: seconds() + 60 })
      .setProtectedHeader({ alg })
      .sign(key);
    expect(await judge(token)).toMatchObject({
      failure: { kind: "forged", message: expect.stringContaining("RS256") },
    });
    expect(team.fetched).toBe(0);
  });

  it("is refused without a signature (alg none)", async () => {
    const token = new UnsecuredJWT(ADA).setIssuer(team.url).setAudience(AUDIENCE).setExpirationTime("1h").encode();
    expect(await kindOf(token)).toBe("forged");
  });

  it.each(["", "x", "a.b.c", "é.é.é", "..", `${"a".repeat(9_000)}.b.c`])("is refused as no JWT: %j", async (token) => {
    expect(await kindOf(token)).toBe("forged");
    expect(team.fetched).toBe(0);
  });

  it("is refused with a changed claim", async () => {
    const [head, , signature] = (await team.token(ADA)).split(".");
    const claims = JSON.stringify({ email: "eve@example.com", aud: AUDIENCE, iss: team.url, exp: seconds() + 60 });
    expect(await kindOf(`${head}.${Buffer.from(claims).toString("base64url")}.${signature}`)).toBe("forged");
  });
});

describe("the team's keys", () => {
  it("are fetched once for many tokens", async () => {
    for (const email of ["a@example.com", "b@example.com", "c@example.com"]) await judge(await team.token({ email }));
    expect(team.fetched).toBe(1);
  });

  it("are fetched for unknown key names at most twice a minute", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await judge(await team.token(ADA));
    for (let tries = 0; tries < 20; tries += 1) {
      expect(await kindOf(await team.token(ADA, { kid: `made-up-${tries}` }))).toBe("unknown_key");
    }
    expect(team.fetched).toBe(1);
    vi.setSystemTime(Date.now() + 31_000);
    expect(await kindOf(await team.token(ADA, { kid: "made-up" }))).toBe("forged");
    for (let tries = 0; tries < 20; tries += 1) await judge(await team.token(ADA, { kid: `made-up-${tries}` }));
    expect(team.fetched).toBe(2);
  });

  it("are followed when they rotate, and the last key stays valid", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const before = await team.token(ADA);
    expect(await kindOf(before)).toBe("person");
    await team.rotate();
    // A real person's, with a key that is newer than the last fetch.
    expect(await kindOf(await team.token(ADA))).toBe("unknown_key");
    vi.setSystemTime(Date.now() + 31_000);
    expect(await kindOf(await team.token(ADA))).toBe("person");
    expect(await kindOf(before)).toBe("person");
    expect(team.fetched).toBe(2);
  });

  it("are not trusted for longer than ten minutes", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const token = await team.token(ADA);
    expect(await kindOf(token)).toBe("person");
    await team.rotate();
    await team.rotate();
    vi.setSystemTime(Date.now() + 9 * 60_000);
    expect(await kindOf(token)).toBe("person");
    vi.setSystemTime(Date.now() + 2 * 60_000);
    expect(await kindOf(token)).toBe("forged");
  });

  it("that cannot be fetched make nobody a person", async () => {
    team.isDown = true;
    expect(await kindOf(await team.token(ADA))).toBe("unreachable");
    team.isDown = false;
    expect(await kindOf(await team.token(ADA))).toBe("person");
  });
});

describe("the variables", () => {
  it.each([
    ["acme.cloudflareaccess.com", "https://acme.cloudflareaccess.com"],
    ["https://acme.cloudflareaccess.com/", "https://acme.cloudflareaccess.com"],
    ["http://127.0.0.1:8099", "http://127.0.0.1:8099"],
  ])("take the team's domain as %s", (ACCESS_TEAM_DOMAIN, issuer) => {
    const settings = settingsOf({ ACCESS_TEAM_DOMAIN, ACCESS_AUD: ` ${AUDIENCE}, b ` });
    expect(settings.access).toEqual({ issuer, audiences: [AUDIENCE, "b"] });
  });

  it("are both absent where only keys sign in", () => {
    expect(settingsOf({}).access).toBeNull();
    expect(settingsOf({ ACCESS_TEAM_DOMAIN: "", ACCESS_AUD: "" }).access).toBeNull();
  });

  it.each<[Parameters<typeof settingsOf>[0], string]>([
    [{ ACCESS_TEAM_DOMAIN: "acme.cloudflareaccess.com" }, "set both"],
    [{ ACCESS_AUD: AUDIENCE }, "set both"],
    [{ ACCESS_TEAM_DOMAIN: "http://acme.cloudflareaccess.com", ACCESS_AUD: AUDIENCE }, "over https"],
    [{ ACCESS_TEAM_DOMAIN: "acme.cloudflareaccess.com/cdn-cgi", ACCESS_AUD: AUDIENCE }, "over https"],
    [{ ACCESS_TEAM_DOMAIN: "not a host", ACCESS_AUD: AUDIENCE }, "over https"],
  ])("are refused as %j", (env, why) => {
    expect(() => settingsOf(env)).toThrow(why);
  });
});
