/** What the stand-in for an organization's own dialer has where it is started for tests. */

export const DIALER = {
  token: "stand-in-dialer-token",
  webhookSecret: "whsec_c3RhbmQtaW4tZGlhbGVyLXNlY3JldC0wMTIz",
  number: "+14155550142",
  otherNumber: "+14155550143",
} as const;
