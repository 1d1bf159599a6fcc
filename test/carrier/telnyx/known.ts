/** What the stand-in for Telnyx has where it is started for tests. */

export const TELNYX = {
  apiKey: "KEY0123456789ABCDEF_stand-in",
  connectionId: "1293384261075731499",
  /** Applications that cannot be used: of the old webhooks, without a profile, and one that is off. */
  oldConnectionId: "1293384261075731401",
  noProfileConnectionId: "1293384261075731402",
  inactiveConnectionId: "1293384261075731403",
  number: "+14155550160",
  verifiedNumber: "+14155550161",
  secondNumber: "+14155550163",
  otherNumber: "+14155550162",
  /** The key pair of RFC 8032's first test. */
  seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
  publicKey: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
} as const;
