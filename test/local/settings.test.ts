import { describe, expect, it } from "vitest";
import { settingsFrom } from "./settings.ts";
import { variablesFile } from "./worker-variables.ts";

describe("the settings of a local run", () => {
  it("have a default for everything", () => {
    expect(settingsFrom({})).toMatchObject({
      port: 8787,
      stateDir: ".wrangler/state",
      adminToken: "admin_localhost",
      publicBaseUrl: "http://127.0.0.1:8787",
      callCheckSeconds: "5",
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

  it.each(["0", "65536", "http", "1.5", "-1"])("refuse the port %s", (PORT) => {
    expect(() => settingsFrom({ PORT })).toThrow("PORT must be a port");
  });
});

describe("the Worker's variables as a file", () => {
  it("quotes each value with a quote that it does not contain, and leaves no $ to be expanded", () => {
    expect(variablesFile({ A: "plain # no comment", B: "it's", C: `it's "c"`, D: "$HOME", E: null })).toBe(
      "A='plain # no comment'\nB=\"it's\"\nC=`it's \"c\"`\nD='\\$HOME'\n",
    );
  });

  it("refuses what it cannot write", () => {
    expect(() => variablesFile({ A: "two\nlines" })).toThrow("must be one line");
    expect(() => variablesFile({ A: "'\"`" })).toThrow("must be one line");
  });
});
