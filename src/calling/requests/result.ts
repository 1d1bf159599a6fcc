/**
 * Failures are values. A function that can refuse returns a `Result`; exceptions are for the unexpected. Plain objects,
 * because results cross the RPC boundary between Worker and Durable Object.
 */

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<F> = { readonly ok: false; readonly failure: F };
export type Result<T, F> = Ok<T> | Err<F>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <F>(failure: F): Err<F> => ({ ok: false, failure });
/** The same result with its value converted by `show`; a failure unchanged. */
export const mapped = <T, U, F>(result: Result<T, F>, show: (value: T) => U): Result<U, F> =>
  result.ok ? ok(show(result.value)) : result;
