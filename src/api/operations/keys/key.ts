/** Shared by the operations on an organization's own keys. */

export const OWN_KEYS = {
  audience: "client",
  role: "admin",
  readers: "admin",
  tag: "Keys",
  path: "/agents/keys",
} as const;
