/** What the stand-in for LiveKit has where it is started for tests. */

export const LIVEKIT = {
  apiKey: "APIstandin1234",
  apiSecret: "stand-in-livekit-secret",
  trunk: "trunk.example.com:5061",
  trunkUser: "callbatch",
  trunkPassword: "stand-in-trunk-password",
  number: "+14155550100",
  agentName: "reminder-agent",
} as const;
