/** What the stand-in for jambonz has where it is started for tests. */

export const JAMBONZ = {
  accountSid: "9351f46a-678c-43f5-b8a6-d4eb58d131af",
  apiKey: "stand-in-jambonz-key",
  webhookSecret: "wh_secret_stand-in",
  trunk: "trunk.example.com:5061",
  trunkUser: "callbatch",
  trunkPassword: "stand-in-trunk-password",
  number: "+14155550100",
  /** The only speech recognizer with credentials in the account. */
  recognizer: { vendor: "deepgram", language: "en-US", label: "main" },
} as const;
