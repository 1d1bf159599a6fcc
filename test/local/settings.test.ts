import { describe, expect, it } from "vitest";
import { allowsPrivateUrls, isLoopbackOnly, servedHosts, settingsFrom } from "./settings.ts";

describe("the settings of a local run", () => {
  it("have a default for everything", () => {
    expect(settingsFrom({})).toMatchObject({
      port: 8787,
      stateDir: ".wrangler/state",
      adminToken: null,
      publicBaseUrl: "http://127.0.0.1:8787",
      callCheckSeconds: "5",
      carrierConnections: "101",
      carrier: { kind: "stand_in", port: 8788 },
    });
  });

  it("use no stand-in where a carrier is named, and leave the Worker its own pace then", () => {
    expect(settingsFrom({ TWILIO_API_BASE_URL: "https://api.twilio.com/" })).toMatchObject({
      carrier: { kind: "given", baseUrl: "https://api.twilio.com" },
      callCheckSeconds: null,
    });
  });

  it("take an empty variable for none", () => {
    expect(settingsFrom({ PORT: "", TWILIO_API_BASE_URL: "", ADMIN_TOKEN: "" })).toEqual(settingsFrom({}));
  });

  it("pass Cloudflare Access on, and refuse half of it", () => {
    const access = { ACCESS_TEAM_DOMAIN: "acme.cloudflareaccess.com", ACCESS_AUD: "tag" };
    expect(settingsFrom(access).access).toEqual(access);
    expect(settingsFrom({}).access).toEqual({});
    expect(() => settingsFrom({ ACCESS_AUD: "tag" })).toThrow("Set both");
  });

  it.each(["0", "65536", "http", "1.5", "-1"])("refuse the port %s", (PORT) => {
    expect(() => settingsFrom({ PORT })).toThrow("PORT must be a port");
  });

  it.each(["1", "102", "2.5", "many"])("refuse %s connections to the carrier", (CARRIER_CONNECTIONS) => {
    expect(() => settingsFrom({ CARRIER_CONNECTIONS })).toThrow("CARRIER_CONNECTIONS must be a whole number");
  });

  it.each(["api.twilio.com", "ftp://carrier.example.com", "http//x"])("refuse the carrier's address %s", (url) => {
    expect(() => settingsFrom({ TWILIO_API_BASE_URL: url })).toThrow("TWILIO_API_BASE_URL must be a URL");
    expect(() => settingsFrom({ PUBLIC_BASE_URL: url })).toThrow("PUBLIC_BASE_URL must be a URL");
  });

  it.each([
    [{}, true],
    [{ PUBLIC_BASE_URL: "http://localhost:9000", TWILIO_API_BASE_URL: "http://[::1]:80" }, true],
    [{ PUBLIC_BASE_URL: "https://calls.example.com" }, false],
    [{ TWILIO_API_BASE_URL: "https://api.twilio.com" }, false],
    [{ PUBLIC_BASE_URL: "http://localhost.example.com" }, false],
    [{ PUBLIC_BASE_URL: "http://192.168.1.5:8787" }, false],
  ])("tell whether %j stays on this machine: %s", (env, isLoopback) => {
    expect(isLoopbackOnly(settingsFrom(env))).toBe(isLoopback);
  });

  it.each([
    [{}, true],
    [{ ALLOW_PRIVATE_URLS: "false" }, false],
    [{ PUBLIC_BASE_URL: "https://calls.example.com" }, false],
    [{ PUBLIC_BASE_URL: "http://192.168.1.5:8787" }, false],
    [{ TWILIO_API_BASE_URL: "https://api.twilio.com" }, false],
    [{ PUBLIC_BASE_URL: "https://calls.example.com", ALLOW_PRIVATE_URLS: "true" }, true],
  ])("tell whether with %j URLs may be private: %s", (env, allows) => {
    expect(allowsPrivateUrls(settingsFrom(env))).toBe(allows);
  });

  it("refuse an ALLOW_PRIVATE_URLS that says neither", () => {
    expect(() => settingsFrom({ ALLOW_PRIVATE_URLS: "yes" })).toThrow("ALLOW_PRIVATE_URLS must be true or false");
  });

  it("serve this machine's names and the public one", () => {
    const hosts = servedHosts(settingsFrom({ PUBLIC_BASE_URL: "https://calls.example.com:8443/" }));
    expect(hosts).toEqual(["127.0.0.1", "localhost", "[::1]", "calls.example.com"]);
  });
});
