import { describe, expect, it } from "vitest";
import { publicUrlProblem, WEB, WEB_SOCKET } from "../../src/calling/public-url.ts";

const PUBLIC = [
  "wss://agent.example.com/audio",
  "wss://agent.example.com:8443/a/b",
  "wss://8.8.8.8/",
  "wss://172.32.0.1/",
  "wss://100.128.0.1/",
  "wss://[2606:4700::1111]/",
];
const PRIVATE = [
  "wss://localhost/",
  "wss://LOCALHOST./",
  "wss://agent.localhost/",
  "wss://printer.local/",
  "wss://metadata.google.internal/",
  "wss://intranet/",
  "wss://127.0.0.1/",
  "wss://127.1/",
  "wss://0x7f000001/",
  "wss://2130706433/",
  "wss://0.0.0.0/",
  "wss://10.1.2.3/",
  "wss://100.64.0.1/",
  "wss://169.254.169.254/",
  "wss://172.16.0.1/",
  "wss://172.31.255.255/",
  "wss://192.168.1.1/",
  "wss://224.0.0.1/",
  "wss://255.255.255.255/",
  "wss://[::1]/",
  "wss://[::]/",
  "wss://[::ffff:10.0.0.1]/",
  "wss://[fd00::1]/",
  "wss://[fe80::1]/",
  "wss://[64:ff9b::a00:1]/",
  "wss://[2002:a00:1::]/",
];

describe("a URL that somebody else gave us", () => {
  it.each(PUBLIC)("%s is public", (url) => {
    expect(publicUrlProblem(url, WEB_SOCKET, false)).toBeNull();
  });

  it.each(PRIVATE)("%s is private, and may be used in development alone", (url) => {
    expect(publicUrlProblem(url, WEB_SOCKET, false)).toMatch(/public host/);
    expect(publicUrlProblem(url, WEB_SOCKET, true)).toBeNull();
  });

  it.each(["ws://agent.example.com/", "ws://8.8.8.8/"])("%s is not encrypted", (url) => {
    expect(publicUrlProblem(url, WEB_SOCKET, false)).toMatch(/must begin with wss:/);
    expect(publicUrlProblem(url, WEB_SOCKET, true)).toBeNull();
  });

  it.each(["https://agent.example.com/", "agent.example.com", "", "wss://", "ftp://x.example.com"])(
    "%s is no WebSocket's",
    (url) => {
      expect(publicUrlProblem(url, WEB_SOCKET, true)).toMatch(/begins with wss:/);
    },
  );

  it("has no credentials, not even in development", () => {
    expect(publicUrlProblem("https://u:p@x.example.com/", WEB, true)).toMatch(/credentials/);
    expect(publicUrlProblem("https://u@x.example.com/", WEB, false)).toMatch(/credentials/);
  });
});
