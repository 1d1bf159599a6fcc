/** One method of one route as it is described. What all operations of an audience have in common is not said here. */

import type { z } from "zod";
import type { Audience, Method } from "../route.ts";
import type { ErrorAnswer } from "../schemas/common-answers.ts";

export const TAGS = {
  Batches: "Queue calls, watch them, steer them.",
  Calls: "One for each attempt to reach a recipient.",
  "Do not call": "Whom no batch may call, and who said so.",
  Agents: "Who talks with whoever answers.",
  "Phone numbers": "From which calls are made.",
  Providers: "The accounts at carriers that place them.",
  Webhooks: "Where you are told of calls and batches.",
  Organizations: "For operators: who may use this service, and how much of it.",
  Assistants: "The Model Context Protocol.",
  Service: "The service itself, and what carriers tell it.",
} as const;
export type Tag = keyof typeof TAGS;

/** A schema that has a place of its own in the document. */
export type Named<Schema extends z.ZodType = z.ZodType> = { readonly name: string; readonly schema: Schema };

/** A body, with an example that its schema accepts. */
export type Content<Schema extends z.ZodType = z.ZodType> = Named<Schema> & {
  readonly example: z.input<Schema>;
  /** `application/json` where it says nothing. */
  readonly mediaType?: string;
};
/** Checks the example against its schema when it is compiled; in a table each content has another schema. */
export const content = <Schema extends z.ZodType>(name: string, schema: Schema, example: z.input<Schema>): Content => ({
  name,
  schema,
  example,
});

/** `null`: there is no body. */
export type Answer = { readonly status: number; readonly description: string; readonly content: Content | null };

/** Beside the errors that follow from the audience, the path and the body. */
export type Refusal = { readonly description: string; readonly code: ErrorAnswer["error_code"] };

export type Operation = {
  readonly method: Method;
  /** As in the table of routes: `/agents/:agent_id`. */
  readonly path: string;
  readonly audience: Audience;
  /** The name of the client's method too. */
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodType;
  readonly takesIdempotencyKey?: true;
  readonly body?: Content;
  /** Without one it means something, too. */
  readonly needsNoBody?: true;
  /** The same, as it may be sent in place of JSON. */
  readonly form?: Content;
  readonly answer: Answer;
  /** By HTTP status. */
  readonly refusals?: Readonly<Record<number, Refusal>>;
};

export const ok = (description: string, content: Content): Answer => ({ status: 200, description, content });
export const created = (description: string, content: Content): Answer => ({ status: 201, description, content });
export const deleted: Answer = { status: 204, description: "It is gone.", content: null };
