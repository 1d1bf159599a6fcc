import { describe, expect, it } from "vitest";
import { publicHostProblem, publicUrlProblem, WEB, WEB_SOCKET } from "../../src/calling/requests/public-url.ts";
import { settingsOf } from "../../src/env.ts";

const STRICT = { allowsPrivate: false, morePorts: [] };
const DEVELOPMENT = { allowsPrivate: true, morePorts: [] };

/** Names and addresses that are the public Internet's, some of them close to those that are not. */
const PUBLIC_HOSTS = [
  "agent.example.com",
  "agent.example.com.",
  "AGENT.EXAMPLE.COM",
  "localhost.example.com",
  "internal.example.com",
  "consul.io",
  "corp.example.com",
  "mynip.io.example.com",
  "notnip.io",
  "svc.dev",
  "bücher.example",
  "8.8.8.8",
  "134744072",
  "11.0.0.1",
  "126.255.255.255",
  "128.0.0.1",
  "172.15.255.255",
  "172.32.0.1",
  "100.63.255.255",
  "100.128.0.1",
  "192.167.255.255",
  "192.169.0.1",
  "198.17.255.255",
  "198.20.0.1",
  "223.255.255.255",
  "ec2-54-12-34-56.compute-1.amazonaws.com",
  "agent-v10-0-0-1.example.com",
  "[2606:4700::1111]",
  "[2001:4860:4860::8888]",
  "[2001:200::1]",
  "[2a00:1450::1]",
];

const PRIVATE_HOSTS: Readonly<Record<string, readonly string[]>> = {
  "this machine by name": [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "localhost..",
    "localhost...",
    "ｌｏｃａｌｈｏｓｔ",
    "%6cocalhost",
    "agent.localhost",
    "agent.localhost.",
    "agent.localhost..",
    "localhost.localdomain",
  ],
  "a private network's name": [
    "intranet",
    "metadata",
    "printer.local",
    "nas.lan",
    "nas.home",
    "router.home.arpa",
    "wiki.corp",
    "wiki.CORP.",
    "wiki.intranet",
    "vault.private",
    "agent.test",
    "agent.invalid",
    "hidden.onion",
    "1.0.0.127.in-addr.arpa",
    "agent..example.com",
  ],
  "a cluster's or a cloud's name": [
    "redis.default.svc",
    "redis.default.svc.cluster.local",
    "vault.service.consul",
    "web.node.dc1.consul",
    "host.docker.internal",
    "ip-10-0-0-1.ec2.internal",
    "metadata.google.internal",
    "metadata.google.internal.",
    "metadata.goog",
    "metadata.tencentyun.com",
  ],
  "a name that carries an address": [
    "127.0.0.1.nip.io",
    "7f000001.nip.io",
    "app.10-0-0-1.nip.io",
    "nip.io",
    "127-0-0-1.sslip.io",
    "--1.sslip.io",
    "10.0.0.1.xip.io",
    "10-0-0-1.traefik.me",
    "localtest.me",
    "anything.localtest.me",
    "lvh.me",
    "7f000001.c0a80001.rbndr.us",
    "make-127.0.0.1-rr.1u.ms",
    "127.0.0.1.example.com",
    "app-192-168-0-1.example.com",
  ],
  IPv4: [
    "0.0.0.0",
    "0",
    "127.0.0.1",
    "127.0.0.1.",
    "127.0.0.1..",
    "127.1",
    "127.1..",
    "127.0.1",
    "127.255.255.254",
    "0x7f000001",
    "0x7f.0.0.1",
    "0X7F.0X0.0X0.0X1",
    "0x7f000001..",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "10.1.2.3",
    "167772161",
    "012.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "169.254.169.254",
    "2852039166",
    "0xA9FEA9FE",
    "169.254.43518",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.168.257",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
  ],
  IPv6: [
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::a00:1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::a00:1]",
    "[100::1]",
    "[2001::1]",
    "[2001:0:7f00:1::1]",
    "[2001:0000:4136:e378:8000:63bf:3fff:fdd2]",
    "[2001:10::1]",
    "[2001:1ff::1]",
    "[2001:db8::1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[3fff::1]",
    "[3fff:fff::1]",
    "[5f00::1]",
    "[fc00::1]",
    "[fd00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[febf::1]",
    "[fec0::1]",
    "[ff02::1]",
  ],
};

describe("a URL that somebody else gave us", () => {
  it.each(PUBLIC_HOSTS)("at %s is public", (host) => {
    expect(publicUrlProblem(`wss://${host}/audio`, WEB_SOCKET, STRICT)).toBeNull();
  });

  it.each(Object.entries(PRIVATE_HOSTS).flatMap(([kind, hosts]) => hosts.map((host) => [host, kind] as const)))(
    "at %s, %s, may be used in development alone",
    (host) => {
      expect(publicUrlProblem(`wss://${host}/`, WEB_SOCKET, STRICT)).toMatch(/public host/);
      expect(publicUrlProblem(`https://${host}:443/a`, WEB, STRICT)).toMatch(/public host/);
      expect(publicUrlProblem(`ws://${host}:8080/`, WEB_SOCKET, DEVELOPMENT)).toBeNull();
    },
  );

  it.each(["ws://agent.example.com/", "ws://8.8.8.8/"])("%s is not encrypted", (url) => {
    expect(publicUrlProblem(url, WEB_SOCKET, STRICT)).toMatch(/must begin with wss:/);
    expect(publicUrlProblem(url, WEB_SOCKET, DEVELOPMENT)).toBeNull();
  });

  it.each([
    "https://agent.example.com/",
    "agent.example.com",
    "",
    "wss://",
    "ftp://x.example.com",
    "wss://[::1",
    "wss://1.2.3.256",
  ])("%s is no WebSocket's", (url) => {
    expect(publicUrlProblem(url, WEB_SOCKET, DEVELOPMENT)).toMatch(/begins with wss:/);
  });

  it("has no credentials, not even in development", () => {
    expect(publicUrlProblem("https://u:p@x.example.com/", WEB, DEVELOPMENT)).toMatch(/credentials/);
    expect(publicUrlProblem("https://u@x.example.com/", WEB, STRICT)).toMatch(/credentials/);
  });

  it.each([443, 80, 5060, 5061])("may name the port %d", (port) => {
    expect(publicUrlProblem(`https://x.example.com:${port}/`, WEB, STRICT)).toBeNull();
  });

  it.each([1, 22, 25, 2375, 3306, 5432, 6379, 8080, 8443, 9200, 11_211])("may not name the port %d", (port) => {
    const url = `https://x.example.com:${port}/`;
    expect(publicUrlProblem(url, WEB, STRICT)).toMatch(/ports 443, 80, 5060, 5061, not to \d+; .*ALLOWED_PORTS/);
    expect(publicUrlProblem(url, WEB, DEVELOPMENT)).toBeNull();
    expect(publicUrlProblem(url, WEB, settingsOf({ ALLOWED_PORTS: `7000, ${port}` }).reach)).toBeNull();
  });
});

describe("a trunk's host that somebody else gave us", () => {
  it.each([
    "trunk.example.com",
    "trunk.example.com:5060",
    "trunk.example.com:5061",
    "8.8.8.8",
    "trunk.example.com:443",
  ])("%s is public", (host) => {
    expect(publicHostProblem(host, STRICT)).toBeNull();
  });

  it.each([
    "localhost",
    "pbx",
    "pbx.lan:5060",
    "127.1",
    "0x7f000001:5061",
    "2130706433",
    "10.0.0.5:5060",
    "10-0-0-5.sslip.io",
  ])("%s may be used in development alone", (host) => {
    expect(publicHostProblem(host, STRICT)).toMatch(/public host/);
    expect(publicHostProblem(host, DEVELOPMENT)).toBeNull();
  });

  it("leads to a port of SIP, or to one that an operator allowed", () => {
    expect(publicHostProblem("trunk.example.com:6379", STRICT)).toMatch(/ALLOWED_PORTS/);
    expect(publicHostProblem("trunk.example.com:5080", { ...STRICT, morePorts: [5080] })).toBeNull();
  });

  it.each(["trunk.example.com:99999", "1.2.3.256"])("%s is no host, not even in development", (host) => {
    expect(publicHostProblem(host, DEVELOPMENT)).toMatch(/host's name or address/);
  });
});

describe("ALLOWED_PORTS", () => {
  it.each(["443;80", "0", "65536", "all", "80.5", "-1"])("%s cannot be read", (ports) => {
    expect(() => settingsOf({ ALLOWED_PORTS: ports })).toThrow(/ALLOWED_PORTS/);
  });

  it.each(["", " ", ","])("may be empty: '%s'", (ports) => {
    expect(settingsOf({ ALLOWED_PORTS: ports }).reach.morePorts).toEqual([]);
  });
});
