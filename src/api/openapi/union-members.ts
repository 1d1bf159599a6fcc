/**
 * Gives each object within a union a component of its own. Generators derive a class's name from its place, and drop an
 * operation when two classes share a name; `openapi-python-client` dropped 16 schemas without these names.
 */

import { present } from "../../calling/requests/assert.ts";
import type { JsonSchema } from "./json-schemas.ts";

type Components = Record<string, JsonSchema>;
type Reference = (name: string) => string;

const capitalized = (words: string): string =>
  words.replace(/(?:^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
const isSchema = (schema: unknown): schema is JsonSchema => typeof schema === "object" && schema !== null;
const constantOf = (field: unknown): string | undefined =>
  isSchema(field) && field.const !== undefined ? String(field.const) : undefined;
const isUnion = ({ oneOf, anyOf }: JsonSchema): boolean => oneOf !== undefined || anyOf !== undefined;

/** Its title, its constant `gateway` or `type`, or its first required field. A union is called by what its members share. */
function wordOf(member: JsonSchema): string {
  const properties = { ...(member.oneOf?.[0] ?? member).properties };
  const constants = (isUnion(member) ? ["type"] : ["gateway", "type"]).map((field) => constantOf(properties[field]));
  const word = [member.title, ...constants, member.required?.[0]].find((one) => one !== undefined);
  return capitalized(present(word, "a member of a union has a title, a constant or a required field"));
}

/** `owner`: the component that `name` is a place in. */
type Place = { readonly name: string; readonly owner: string };

/** The schema with references in place of its unions' objects, which are added to `found` under names that begin with the owner's. */
function named({ name, owner }: Place, schema: JsonSchema, found: Components, reference: Reference): JsonSchema {
  const within = (part: string, one: unknown) =>
    isSchema(one) ? named({ name: `${name}${part}`, owner }, one, found, reference) : one;
  const members = (union: readonly JsonSchema[]) => {
    const isAlone = union.filter(({ type }) => type !== "null").length === 1;
    return union.map((titled) => {
      const { title, ...member } = titled;
      if (member.$ref !== undefined || (member.properties === undefined && !isUnion(member))) return member;
      // One that may be null is called by its place, or by its title where it has several places.
      const alone = title === undefined ? name : `${owner}${capitalized(title)}`;
      const its = isAlone ? alone : `${name}${wordOf(titled)}`;
      const one = named({ name: its, owner: its }, member, found, reference);
      const before = found[its];
      const isSame = isAlone && title !== undefined && JSON.stringify(before) === JSON.stringify(one);
      if (before !== undefined && !isSame) throw new Error(`two members of unions are called ${its}: give them titles`);
      found[its] = one;
      return { $ref: reference(its) };
    });
  };
  return {
    ...schema,
    ...(schema.oneOf === undefined ? {} : { oneOf: members(schema.oneOf as JsonSchema[]) }),
    ...(schema.anyOf === undefined ? {} : { anyOf: members(schema.anyOf as JsonSchema[]) }),
    ...(schema.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([field, one]) => [field, within(capitalized(field), one)]),
          ),
        }),
    ...(schema.items === undefined ? {} : { items: within("Item", schema.items) }),
  } as JsonSchema;
}

export function withNamedMembers(components: Components, reference: Reference): Components {
  const found: Components = {};
  const own = Object.entries(components).map(
    ([name, schema]) => [name, named({ name, owner: name }, schema, found, reference)] as const,
  );
  const twice = Object.keys(found).filter((name) => name in components);
  if (twice.length > 0) throw new Error(`two schemas with the name ${twice.join(", ")}`);
  return { ...Object.fromEntries(own), ...found };
}
