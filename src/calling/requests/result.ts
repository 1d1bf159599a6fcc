/**
 * Failures are values. Whatever can be refused returns a `Result`; exceptions are left for what nobody expects. Plain
 * objects, because a result crosses the RPC boundary between Worker and Durable Object.
 */

export type Ok<T> = { readonly ok: true; readonly value: T };
export type Err<F> = { readonly ok: false; readonly failure: F };
export type Result<T, F> = Ok<T> | Err<F>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
export const err = <F>(failure: F): Err<F> => ({ ok: false, failure });
/** The same result with its value as `show` makes it; a failure as it is. */
export const mapped = <T, U, F>(result: Result<T, F>, show: (value: T) => U): Result<U, F> =>
  result.ok ? ok(show(result.value)) : result;
