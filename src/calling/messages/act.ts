/**
 * Who changed what. A request's act goes with its messages to the object that changes, which stores the record in the same
 * transaction as the change (docs/design/audit.md).
 */

/** operator: with the operators' token. service: callbatch itself, as a circuit breaker does. */
export const ACTOR_KINDS = ["key", "person", "operator", "service"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];
/** `label`: of the key, or a person's address. */
export type Actor = { readonly kind: ActorKind; readonly id: string; readonly label: string };

export const OPERATOR: Actor = { kind: "operator", id: "operator", label: "operator" };
export const SERVICE: Actor = { kind: "service", id: "service", label: "callbatch" };

/** Kinds of what is changed. */
export const AUDITED_KINDS = [
  "agent",
  "api_key",
  "batch",
  "call",
  "do_not_call",
  "erasure",
  "member",
  "organization",
  "phone_number",
  "provider",
  "webhook",
] as const;
export type AuditedKind = (typeof AUDITED_KINDS)[number];

/** `id`: at least 20 hexadecimal digits; dashes do not count. A repeat of a message has the same. */
export type Act = { readonly id: string; readonly operation: string; readonly by: Actor };

/** When an order is carried out, and who gave it; null: a Worker of an earlier version has not said it. */
export type Ordered = { readonly at: number; readonly by: Actor | null };

/** Only fields that are not secret, and no person's number. */
export type ActFields = Readonly<Record<string, unknown>>;

/** `before`, `after`: JSON of the fields that differ; null where there was nothing, or is nothing any longer. */
export type ActRecord = {
  readonly act: Act;
  readonly at: number;
  readonly kind: AuditedKind;
  /** Null: of many. */
  readonly resourceId: string | null;
  readonly before: string | null;
  readonly after: string | null;
};

/** `before` null: it was made. `after` null: it is gone. */
export type Acted = {
  readonly kind: AuditedKind;
  readonly resourceId: string | null;
  readonly before: ActFields | null;
  readonly after: ActFields | null;
};

/** Null if nothing differs. */
export function recordOf(act: Act, { kind, resourceId, before, after }: Acted, at: number): ActRecord | null {
  if (before !== null && after !== null) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
    );
    if (names.length === 0) return null;
    return { act, at, kind, resourceId, before: jsonOf(before, names), after: jsonOf(after, names) };
  }
  const whole = (fields: ActFields | null) =>
    fields === null
      ? null
      : jsonOf(
          fields,
          Object.keys(fields).filter((name) => (fields[name] ?? null) !== null),
        );
  return { act, at, kind, resourceId, before: whole(before), after: whole(after) };
}

const jsonOf = (fields: ActFields, names: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, fields[name] ?? null])));
