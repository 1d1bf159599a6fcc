/**
 * An operation of the API as one value: audience, path, words, answers and handler. Routing, validation,
 * `/openapi.json`, the client and the assistants' tools follow from it. `operations/` has a file for each.
 */

import type { z } from "zod";
import type { Failure } from "../calling/requests/failure.ts";
import type { Result } from "../calling/requests/result.ts";
import type { Role } from "../calling/words/role.ts";
import { type ErrorAnswer, pageOf, presentPage } from "./answers/parts/common.ts";
import type { ApiContext } from "./context.ts";
import type { ApiError } from "./envelope.ts";
import type { Tool } from "./mcp/tool.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Who may call it. A protocol client has a key and does not use the API's versions. */
export type Audience = "anybody" | "client" | "protocol_client" | "operator";

export const TAGS = {
  Batches: "Create calls for lists of people, watch them, change them.",
  Calls: "One for each attempt to reach a recipient.",
  Reports: "What calls came to, over days and batches.",
  "Do not call": "Numbers that no batch may call, and who listed them.",
  People: "A person across batches, and its erasure.",
  Agents: "The voice agents that talk to people who answer.",
  "Phone numbers": "The numbers that calls are made from.",
  Providers: "The accounts with carriers that place the calls.",
  Webhooks: "Where events of calls and batches are sent.",
  Keys: "Who may use this API for your organization, and until when.",
  Members: "People who sign in through Cloudflare Access, and what they may do.",
  Audit: "Who changed what, and when.",
  Organizations: "For operators: who may use this service, and how much of it.",
  Assistants: "The Model Context Protocol.",
  Service: "The service itself, and carriers' callbacks.",
} as const;

/** A schema with its own entry in the document. */
export type Named<Schema extends z.ZodType = z.ZodType> = { readonly name: string; readonly schema: Schema };

/** A body, with an example that its schema accepts. */
export type Content<Schema extends z.ZodType = z.ZodType, Value = never> = Named<Schema> & {
  readonly example: z.input<Schema>;
  /** Default: `application/json`. */
  readonly mediaType?: string;
  /** Turns our value into what is sent. */
  readonly present: (value: Value) => z.output<Schema>;
};
export const content = <Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  example: z.input<Schema>,
  mediaType?: string,
): Content<Schema, z.output<Schema>> => ({
  ...view(name, schema, example, (value: z.output<Schema>) => value),
  ...(mediaType === undefined ? {} : { mediaType }),
});
export const view = <Schema extends z.ZodType, Value>(
  name: string,
  schema: Schema,
  example: z.input<Schema>,
  present: (value: Value) => z.output<Schema>,
): Content<Schema, Value> => ({ name, schema, example, present });
export const pageView = <Schema extends z.ZodType, Value>(
  { name, schema, example, present }: Content<Schema, Value>,
  shown = example,
) => view(`${name}Page`, pageOf(schema), { data: [shown], has_more: false, next_page: null }, presentPage(present));

export type Answer<Value = never> = {
  readonly status: number;
  readonly description: string;
  /** `null`: no body. */
  readonly content: Content<z.ZodType, Value> | null;
};
export const answered = <Value>(
  status: number,
  description: string,
  shown: Content<z.ZodType, Value> | null = null,
): Answer<Value> => ({ status, description, content: shown });
export const ok = <Value>(description: string, shown: Content<z.ZodType, Value>) => answered(200, description, shown);
export const created = <Value>(description: string, shown: Content<z.ZodType, Value>) =>
  answered(201, description, shown);
export const deleted: Answer<unknown> = answered(204, "Deleted.");

/** Errors besides those that follow from the audience, the path and the body. */
export type Refusal = { readonly description: string; readonly code: ErrorAnswer["error_code"] };
export const refusal = (code: Refusal["code"], description: string): Refusal => ({ code, description });

/** How a repeat with the same `Idempotency-Key` is handled. */
export type Repeats = {
  /** If the first request broke off, a repeat may be carried out: doing it twice changes nothing more. */
  readonly isHarmless?: true;
  /** The answer contains a secret: it is kept sealed, or not at all. */
  readonly hasSecret?: true;
  /** The handler itself recognizes a repeat, by what it has ordered. */
  readonly isOrdered?: true;
};

export type Operation<Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType, Value = never> = {
  readonly method: Method;
  /** `/agents/:agent_id`; a trailing slash makes no difference. */
  readonly path: string;
  readonly audience: Audience;
  /** What a client's key must be for it. For GET it says nothing. */
  readonly role?: Role;
  /** What a key must be to read it; default: every key may. */
  readonly readers?: Role;
  /** Null: it leaves no record in the audit, because it changes nothing that lasts. Otherwise it leaves one. */
  readonly audit?: null;
  /** Also the name of the client's method. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  /** Unknown and repeated parameters are refused. */
  readonly query?: Query;
  /** Parameters that may occur more than once, or once with commas between their values. */
  readonly lists?: readonly string[];
  /** The operation takes an `Idempotency-Key`. */
  readonly repeats?: Repeats;
  readonly body?: Content<Body, z.output<Body>>;
  /** The request is valid without a body. */
  readonly needsNoBody?: true;
  /** The form that may be sent in place of JSON. */
  readonly form?: Content;
  /**
   * A known key is not checked first: it goes along with the handler's first message, which is to the organization. A read
   * needs not say it.
   */
  readonly keyGoesAlong?: true;
  /** The handler reads the body: it needs its bytes, or validates it by stored data. */
  readonly readsBody?: true;
  readonly answer: Answer<Value>;
  /** The answer may be large: so many bytes of memory are reserved until it is read (`reading-room.ts`). */
  readonly answerBytes?: (c: ApiContext) => number;
  /** By HTTP status. */
  readonly refusals?: Readonly<Record<number, Refusal>>;
  /** Assistants may use it. */
  readonly tool?: Tool;
  /** A `Response` is sent unchanged; a value is passed to `answer`. */
  readonly handle: (
    c: ApiContext,
    given: { readonly query: z.output<Query>; readonly body: z.output<Body> },
  ) => Handled<NoInfer<Value>> | Promise<Handled<NoInfer<Value>>>;
};
export type Handled<Value> = Response | Result<Value, Failure | ApiError>;

/** Whether it leaves a record in the audit. */
export const isAudited = ({ audience, method, audit }: Pick<Operation, "audience" | "method" | "audit">): boolean =>
  method !== "GET" && (audience === "client" || audience === "operator") && audit !== null;

/** The least role of a key for it; null where no key is asked for. */
export function roleOf({
  audience,
  method,
  role = "admin",
  readers = "viewer",
}: Pick<Operation, "audience" | "method" | "role" | "readers">): Role | null {
  if (audience === "anybody" || audience === "operator") return null;
  return method === "GET" ? readers : role;
}

/** Checks the handler against the schemas at compile time. The list of all operations needs one common type. */
export const operation = <Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType, Value = never>(
  definition: Operation<Query, Body, Value>,
): Operation => definition as unknown as Operation;
