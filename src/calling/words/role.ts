/** What an API key may do. Each role may do what those before it may. Not in the published API. */

/** viewer: reads. operator: also calls people, and says who is not called. admin: also sets up what calls are made with. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const mayActAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

export const ROLE_MEANS =
  "viewer: reads everything but the lists of keys and members and the audit; sees who cancelled a batch or listed a number. operator: also calls people, changes batches and the do-not-call list. admin: also sets up agents, numbers, providers and webhooks, manages keys and members, reads the audit, erases people and sets the retention.";
