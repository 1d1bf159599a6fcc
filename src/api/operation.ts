/**
 * An operation of the API as one value: who may ask for what, with which words, how it is answered, and what does it. Routing,
 * validation, `/openapi.json`, the client and the assistants' tools follow from it; `operations/` has a file for each.
 */

import type { z } from "zod";
import type { Failure } from "../calling/requests/failure.ts";
import type { Result } from "../calling/requests/result.ts";
import type { ApiContext } from "./context.ts";
import type { ApiError } from "./envelope.ts";
import type { Tool } from "./mcp/tool.ts";
import { presentPage } from "./present.ts";
import { type ErrorAnswer, pageOf } from "./schemas/common-answers.ts";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Who may ask. A protocol client has a key and knows nothing of the API's versions. */
export type Audience = "anybody" | "client" | "protocol_client" | "operator";

export const TAGS = {
  Batches: "Queue calls, watch them, steer them.",
  Calls: "One for each attempt to reach a recipient.",
  "Do not call": "Numbers that no batch may call, and who listed them.",
  Agents: "Who talks with the people who answer.",
  "Phone numbers": "From which calls are made.",
  Providers: "The accounts at carriers that place them.",
  Webhooks: "Where you are told of calls and batches.",
  Organizations: "For operators: who may use this service, and how much of it.",
  Assistants: "The Model Context Protocol.",
  Service: "The service itself, and what carriers tell it.",
} as const;

/** A schema that has a place of its own in the document. */
export type Named<Schema extends z.ZodType = z.ZodType> = { readonly name: string; readonly schema: Schema };

/** A body, with an example that its schema accepts. */
export type Content<Schema extends z.ZodType = z.ZodType, Value = never> = Named<Schema> & {
  readonly example: z.input<Schema>;
  /** `application/json` where it says nothing. */
  readonly mediaType?: string;
  /** What is sent of a value of ours. */
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
  /** `null`: there is no body. */
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
export const deleted: Answer<unknown> = answered(204, "It is gone.");

/** Beside the errors that follow from the audience, the path and the body. */
export type Refusal = { readonly description: string; readonly code: ErrorAnswer["error_code"] };
export const refusal = (code: Refusal["code"], description: string): Refusal => ({ code, description });

/** What becomes of a repeat with the same `Idempotency-Key`. */
export type Repeats = {
  /** Where the first request broke off, a repeat may be carried out: it does nothing twice by itself. */
  readonly isHarmless?: true;
  /** The answer holds a secret: it is kept sealed, or not at all. */
  readonly hasSecret?: true;
  /** The handler itself knows a repeat, by what it has ordered. */
  readonly isOrdered?: true;
};

export type Operation<Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType, Value = never> = {
  readonly method: Method;
  /** `/agents/:agent_id`; a slash at the end makes no other path. */
  readonly path: string;
  readonly audience: Audience;
  /** The name of the client's method too. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  /** Any other parameter is refused, and one that is given twice. */
  readonly query?: Query;
  /** Parameters that may be given more than once, or once with commas between their values. */
  readonly lists?: readonly string[];
  /** It takes an `Idempotency-Key`. */
  readonly repeats?: Repeats;
  readonly body?: Content<Body, z.output<Body>>;
  /** Without one it means something, too. */
  readonly needsNoBody?: true;
  /** The same, as it may be sent in place of JSON. */
  readonly form?: Content;
  /** The handler reads the body: it needs its bytes, or what it is held against. */
  readonly readsBody?: true;
  readonly answer: Answer<Value>;
  /** It is written while it is sent. */
  readonly isStreamed?: true;
  /** By HTTP status. */
  readonly refusals?: Readonly<Record<number, Refusal>>;
  /** Assistants may use it. */
  readonly tool?: Tool;
  /** A `Response` is sent as it is, a value as `answer` presents it. */
  readonly handle: (
    c: ApiContext,
    given: { readonly query: z.output<Query>; readonly body: z.output<Body> },
  ) => Handled<NoInfer<Value>> | Promise<Handled<NoInfer<Value>>>;
};
export type Handled<Value> = Response | Result<Value, Failure | ApiError>;

/** Checks the handler against the schemas when it is compiled; in the list of all, each operation has other ones. */
export const operation = <Query extends z.ZodObject = z.ZodObject, Body extends z.ZodType = z.ZodType, Value = never>(
  definition: Operation<Query, Body, Value>,
): Operation => definition as unknown as Operation;
