/** Says that a cell of a `switch` or table cannot be reached: a new variant stops compiling where it was not handled. */
export function unreachable(value: never): never {
  throw new Error(`unhandled variant: ${JSON.stringify(value)}`);
}

/** The value, where the reader's own invariant says that it is there; throws naming the invariant otherwise. */
export function present<T>(value: T | null | undefined, invariant: string): T {
  if (value === null || value === undefined) throw new Error(`broken invariant: ${invariant}`);
  return value;
}
