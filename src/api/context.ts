/** What a request carries through the API: bindings, settings, its id, and the organization of its client. */

import type { Context } from "hono";
import type { Act, Actor } from "../calling/messages/act.ts";
import { present } from "../calling/requests/assert.ts";
import { routeOfBatch } from "../calling/secrets/ids.ts";
import type { Role } from "../calling/words/role.ts";
import { type Bindings, type Settings, settingsOf } from "../env.ts";
import type { KeyName } from "../organization/messages/access.ts";
import type { CheckAlong } from "./guards/key-along.ts";
import type { Operation } from "./operation.ts";

/** `endsWith`: what has to be deleted for the client to be refused, a key or a member. `expiresAt`: epoch ms. */
export type Standing = { readonly role: Role; readonly expiresAt: number | null; readonly endsWith: string };

export type ApiEnv = {
  Bindings: Bindings;
  Variables: {
    requestId: string;
    organizationId: string;
    /** Who asks: a key, or a person by the e-mail address. */
    client: KeyName;
    /** Who sends the request, for the audit. */
    actor: Actor;
    operationId: string;
    /** An object records what it changes. */
    isActTaken: boolean | undefined;
    standing: Standing;
    /** A known key need not be checked before the request goes on. */
    keyGoesAlong: boolean | undefined;
    /** If the key is checked while the request goes on. */
    check: CheckAlong | undefined;
    /** The body, if it was read before its route asked for it. */
    bodyBytes: Uint8Array | undefined;
    /** For a large body (`limits/body-room.ts`). */
    leaveRoom: () => void;
    /** The answer takes only so many bytes of what was reserved for it (`limits/reading-room.ts`). */
    shrinkRoom: (bytes: number) => void;
    /** The API itself, for an operation made of others. */
    api: (request: Request) => Promise<Response> | Response;
    /** All of them, for one that tells of the others. */
    operations: readonly Operation[];
  };
};
export type ApiContext = Context<ApiEnv>;

export const settingsFor = (c: ApiContext): Settings => settingsOf(c.env);

/** A named part of the route's path. */
export const pathPart = (c: ApiContext, name: string): string => present(c.req.param(name), `the route has :${name}`);

export const organizationOf = (c: ApiContext) =>
  c.get("check")?.organization ?? c.env.ORGANIZATIONS.getByName(c.get("organizationId"));

/** What another object answers, but only if the client's key holds. */
export async function ofClient<Answer>(c: ApiContext, asked: Promise<Answer>): Promise<Answer> {
  const [answer] = await Promise.all([asked, c.get("check")?.holds()]);
  return answer;
}

/** Names the object of a batch, if the client's organization has it; null if the text is not a batch's id. */
export const routeOfOwn = (c: ApiContext, batchId: string) => routeOfBatch(batchId, c.get("organizationId"));

/** For the object that makes the change: it records the act with it. */
export function actOf(c: ApiContext): Act {
  c.set("isActTaken", true);
  return { id: c.get("requestId"), operation: c.get("operationId"), by: c.get("actor") };
}
