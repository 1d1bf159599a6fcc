/** What each role may do. */

import type { Role } from "../../../calling/words/role.ts";

export const ROLE_WORDS: Readonly<Record<Role, { readonly name: string; readonly about: string }>> = {
  viewer: { name: "Viewer", about: "Sees everything but keys and the audit. Changes nothing." },
  operator: { name: "Operator", about: "Also calls people, and changes batches and the do-not-call list." },
  admin: { name: "Admin", about: "Also sets up agents, numbers, providers, webhooks and keys." },
};
