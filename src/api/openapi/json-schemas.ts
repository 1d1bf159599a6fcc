/** The validating zod schemas as JSON Schema. A named schema is referred to by its name wherever it occurs. */

import { z } from "zod";
import type { Named, Operation } from "../operation.ts";
import { withNamedMembers } from "./union-members.ts";

export type JsonSchema = z.core.JSONSchema.BaseSchema;
type Direction = "input" | "output";

/** JavaScript's largest safe integer is not a limit of ours. */
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
      // A client must accept new fields in an answer. Only a request's closed object is closed.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      withoutSafeBounds({ jsonSchema });
    },
  });
  // The place in the document says where it came from.
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, withoutRefused(schema)]),
  );
}

/** A field that is always refused cannot be sent, so it is left out. */
function withoutRefused({ properties, ...schema }: JsonSchema): JsonSchema {
  if (properties === undefined) return schema;
  const taken = Object.entries(properties).filter(([, one]) => typeof one === "boolean" || one.not === undefined);
  return { ...schema, properties: Object.fromEntries(taken) };
}

/** Bodies, and the parts of bodies. */
export type Parts = { readonly requests: readonly Named[]; readonly answers: readonly Named[] };

/** By name: requests as sent, answers as received. */
export function componentSchemas(operations: readonly Operation[], parts: Parts): Record<string, JsonSchema> {
  const bodies = operations.flatMap(({ body, form }) => [body, form].filter((one) => one !== undefined));
  const answers = operations.flatMap(({ answer: { content } }) => (content === null ? [] : [content]));
  const schemas = {
    ...schemasOf([...bodies, ...parts.requests], "input"),
    ...schemasOf([...answers, ...parts.answers], "output"),
  };
  return withNamedMembers(schemas, reference);
}

export const referenceTo = ({ name }: Named) => ({ $ref: reference(name) });

/** The input of a schema without a name. */
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
