/** What the stand-in for Cartesia has where it is started for tests. */

export const CARTESIA = {
  apiKey: "sk_car_stand-in",
  webhookSecret: "stand-in-webhook-secret",
  numberId: "ap_Q8PRh7lXyZsawXJmN2KcT5",
  number: "+14155550100",
  otherNumberId: "ap_other",
  otherNumber: "+14155550111",
  agentId: "agent_at_cartesia",
} as const;
