/**
 * The API that Cartesia publishes for batch calling, in the versions 2026-03-01 and 2026-08-14. `published.json` has its
 * structure, written down from its description. `published-api.d.ts` is generated from it:
 *
 *     npx -p typescript@5 -p openapi-typescript@7 openapi-typescript test/compatibility/published.json \
 *       -o test/compatibility/published-api.d.ts
 */

import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import openapi from "./published.json" with { type: "json" };

type Content = Readonly<Record<string, { readonly schema: object }>>;
type Operation = {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};
const METHODS = ["get", "post", "patch", "delete"] as const;

export type Published = { readonly id: string; readonly method: string; readonly path: RegExp; readonly by: Operation };
export const PUBLISHED: readonly Published[] = Object.entries(openapi.paths).flatMap(([path, operations]) =>
  METHODS.flatMap((method) => {
    const by = (operations as Readonly<Partial<Record<(typeof METHODS)[number], Operation>>>)[method];
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
    return by === undefined ? [] : [{ id: by.operationId, method: method.toUpperCase(), path: pattern, by }];
  }),
);

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);
ajv.addSchema(openapi, "published");
const pointer = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"published#/components'));
const compiled = new Map<object, ValidateFunction>();

/** The operation that a request is, of those with the most fixed words the first; null where none is published. */
export const publishedFor = (method: string, path: string): Published | null =>
  PUBLISHED.filter((one) => one.method === method && one.path.test(path)).sort(
    (a, b) => a.path.source.split("[^/]+").length - b.path.source.split("[^/]+").length,
  )[0] ?? null;

/** What in the answer is not as published; empty where it is. A status that is not described is a fault of its own. */
export function faultsOf({ by }: Published, status: number, body: unknown): unknown[] {
  const answer = by.responses[status] ?? (status >= 400 ? by.responses.default : undefined);
  if (answer === undefined) return [`${status} is not described`];
  const schema = answer.content?.["application/json"]?.schema;
  if (schema === undefined) return body === null ? [] : ["no body is described"];
  const isValid = compiled.get(schema) ?? ajv.compile(pointer(schema));
  compiled.set(schema, isValid);
  return isValid(body) ? [] : (isValid.errors ?? []);
}
