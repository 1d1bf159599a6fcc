/** Bounded waits. The timer ends with the work: a running one would keep an object in memory, which is billed. */

/** Rejects with `late()` after `withinMs`. A later result of the work is dropped. */
export async function within<T>(work: Promise<T>, withinMs: number, late: () => Error): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), withinMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** The signal aborts after `withinMs`, and for no other reason. */
export async function abortedAfter<T>(withinMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), withinMs);
  try {
    return await work(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}
