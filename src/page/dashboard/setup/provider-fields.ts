/**
 * The form for a provider, made from `/openapi.json`. Each carrier has its own fields, and new ones appear here
 * automatically. Pure.
 */

import { labelOf } from "../text/labels.ts";

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};
export type ApiDocument = { readonly components: { readonly schemas: Readonly<Record<string, Schema>> } };

export type Field = {
  /** The place of its value in the body: `["outbound", "hostname"]`. */
  readonly path: readonly string[];
  readonly label: string;
  /** The group of the field: "Outbound · Credentials". Null for the provider's own fields. */
  readonly group: string | null;
  readonly hint: string | null;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** Null for text. */
  readonly options: readonly string[] | null;
  /** Its options are true and false, sent as such and not as text. */
  readonly isTruth: boolean;
  /** Null if it is not a number. `isWhole`: an integer. */
  readonly number: { readonly least?: number; readonly most?: number; readonly isWhole: boolean } | null;
  /** Emptying it sets null; otherwise the value stays. */
  readonly isNullable: boolean;
};
export type CarrierForm = {
  readonly title: string;
  /** What identifies this carrier: its type, and the gateway for a trunk. */
  readonly words: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
};

export const keyOf = ({ path }: Pick<Field, "path">): string => path.join(".");

const NOT_ASKED = new Set(["id", "label"]);

const isSecret = (name: string): boolean => /secret|token|password|private_key|^api_key$/.test(name);

/** Without the alternative "null". */
const plain = (schema: Schema): Schema => {
  const [only] = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  return only === undefined ? schema : { ...only, ...(schema.description ? { description: schema.description } : {}) };
};

/** A field for a value, or the fields of an object. A field inside an optional object is optional too. */
function fieldsAt(path: readonly string[], schema: Schema, isRequired: boolean): Field[] {
  const inner = plain(schema);
  const name = path.at(-1) ?? "";
  if (inner.properties !== undefined) {
    return Object.entries(inner.properties).flatMap(([key, value]) =>
      fieldsAt([...path, key], value, isRequired && inner.required?.includes(key) === true),
    );
  }
  if (NOT_ASKED.has(path.join(".")) || inner.const !== undefined || inner.deprecated === true) return [];
  const isTruth = inner.type === "boolean";
  const isNumber = inner.type === "number" || inner.type === "integer";
  if (inner.type !== "string" && inner.enum === undefined && !isTruth && !isNumber) return [];
  const around = path.slice(0, -1).map(labelOf).join(" · ");
  return [
    {
      path,
      label: labelOf(name),
      group: around === "" ? null : around,
      hint: inner.description ?? null,
      isRequired,
      isSecret: isSecret(name),
      options: isTruth ? ["true", "false"] : (inner.enum?.map(String) ?? null),
      isTruth,
      number: isNumber
        ? {
            ...(inner.minimum === undefined ? {} : { least: inner.minimum }),
            ...(inner.maximum === undefined ? {} : { most: inner.maximum }),
            isWhole: inner.type === "integer",
          }
        : null,
      isNullable: schema.anyOf?.some(({ type }) => type === "null") === true,
    },
  ];
}

const variants = (schema: Schema): readonly Schema[] => {
  const inner = schema.oneOf ?? schema.anyOf;
  return inner === undefined ? [schema] : inner.flatMap(variants);
};

const entries = ({ properties = {} }: Schema) => Object.entries(properties);

const wordsOf = (schema: Schema): Record<string, string> =>
  Object.fromEntries(
    entries(schema).flatMap(([name, { const: word }]) => (typeof word === "string" ? [[name, word]] : [])),
  );

const REFERENCE = "#/components/schemas/";
/** A component, with the components that it refers to in place. */
function component({ components: { schemas } }: ApiDocument, name: string): Schema {
  const inPlace = (_key: string, one: Schema | undefined) =>
    one?.$ref === undefined ? one : schemas[one.$ref.slice(REFERENCE.length)];
  return JSON.parse(JSON.stringify(schemas[name] ?? {}, inPlace)) as Schema;
}

export function carrierForms(document: ApiDocument): CarrierForm[] {
  return variants(component(document, "CreateProvider")).map((schema) => {
    const words = wordsOf(schema);
    return { title: labelOf(words.gateway ?? words.type ?? "carrier"), words, fields: fieldsAt([], schema, true) };
  });
}

/** The fields that a change of a provider may contain. */
export function changeableFields(document: ApiDocument, form: CarrierForm): Field[] {
  const taken = variants(component(document, "ChangeProvider")).flatMap((one) => fieldsAt([], one, false));
  const paths = new Set(taken.map(keyOf));
  return form.fields.filter((field) => paths.has(keyOf(field))).map((field) => ({ ...field, isRequired: false }));
}

/**
 * Numbers of an account that are shown and can change, by the keys of their fields. Text stays unchanged until it is
 * typed.
 */
export function shownValues(fields: readonly Field[], item: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const field of fields) {
    const value = field.path.reduce<unknown>(
      (place, name) =>
        typeof place === "object" && place !== null ? (place as Record<string, unknown>)[name] : undefined,
      item,
    );
    if (field.number !== null && typeof value === "number") shown[keyOf(field)] = String(value);
  }
  return shown;
}

/**
 * A body with the given values, by the keys of their fields, each in its place. `before`: the values shown first; an
 * emptied field becomes null.
 */
export function bodyOf(
  fields: readonly Field[],
  values: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[keyOf(field)] ?? "";
    const shown = before[keyOf(field)] ?? "";
    const isEmptied = value === "" && shown !== "" && field.isNullable;
    if (value === shown || (value === "" && !isEmptied)) continue;
    let place = body;
    for (const name of field.path.slice(0, -1)) {
      const inner = (place[name] ?? {}) as Record<string, unknown>;
      place[name] = inner;
      place = inner;
    }
    place[field.path.at(-1) ?? ""] = isEmptied ? null : typedOf(field, value);
  }
  return body;
}

const typedOf = ({ isTruth, number }: Field, value: string): string | number | boolean =>
  isTruth ? value === "true" : number === null ? value : Number(value);

export const formFor = (
  forms: readonly CarrierForm[],
  provider: Readonly<Record<string, unknown>>,
): CarrierForm | undefined =>
  forms.find(({ words }) => Object.entries(words).every(([name, word]) => provider[name] === word));
