/** The zod schemas that validate, as JSON Schema. One that has a name of its own is referred to by it wherever it occurs. */

import { z } from "zod";
import type { Named, Operation } from "../operation.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;
type Direction = "input" | "output";

/** That a number is one that JavaScript can count with is no limit of ours. */
function withoutSafeBounds({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

const reference = (name: string): string => `#/components/schemas/${name}`;

function schemasOf(named: readonly Named[], io: Direction): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const { name, schema } of named) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: reference,
    override: ({ jsonSchema }) => {
      // A client has to bear fields that are new in an answer. Only a request's closed object is closed.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      withoutSafeBounds({ jsonSchema });
    },
  });
  // Where it came from is said by its place in the document.
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, withoutRefused(schema)]),
  );
}

/** A field that is known only to be refused is none that could be sent. */
function withoutRefused({ properties, ...schema }: JsonSchema): JsonSchema {
  if (properties === undefined) return schema;
  const taken = Object.entries(properties).filter(([, one]) => typeof one === "boolean" || one.not === undefined);
  return { ...schema, properties: Object.fromEntries(taken) };
}

/** Bodies, and what bodies are made of. */
export type Parts = { readonly requests: readonly Named[]; readonly answers: readonly Named[] };

/** By name: requests as they are sent, answers as they are received. */
export function componentSchemas(operations: readonly Operation[], parts: Parts): Record<string, JsonSchema> {
  const bodies = operations.flatMap(({ body, form }) => [body, form].filter((one) => one !== undefined));
  const answers = operations.flatMap(({ answer: { content } }) => (content === null ? [] : [content]));
  return {
    ...schemasOf([...bodies, ...parts.requests], "input"),
    ...schemasOf([...answers, ...parts.answers], "output"),
  };
}

export const referenceTo = ({ name }: Named) => ({ $ref: reference(name) });

/** What may be sent by a schema that has no name of its own. */
export const inputOf = (schema: z.ZodType): JsonSchema => {
  const { $schema, ...sent } = z.toJSONSchema(schema, { io: "input", override: withoutSafeBounds });
  return withoutRefused(sent);
};

/** A query's parameters by name; `isRequired` follows from the schema. */
export function queryParameters(schema: z.ZodType): { name: string; isRequired: boolean; schema: JsonSchema }[] {
  const { properties, required } = inputOf(schema);
  return Object.entries(properties ?? {}).map(([name, property]) => ({
    name,
    isRequired: required?.includes(name) ?? false,
    schema: typeof property === "boolean" ? {} : property,
  }));
}
