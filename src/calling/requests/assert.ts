/** Marks an unreachable cell of a `switch` or table: a new variant that is not handled does not compile. */
export function unreachable(value: never): never {
  // Without its content, which may be about a person.
  const { kind = typeof value } = Object(value) as { readonly kind?: unknown };
  throw new Error(`unhandled variant: ${typeof value === "string" ? value : String(kind)}`);
}

/** The value, which must exist by the reader's invariant; otherwise throws and names the invariant. */
export function present<T>(value: T | null | undefined, invariant: string): T {
  if (value === null || value === undefined) throw new Error(`broken invariant: ${invariant}`);
  return value;
}
