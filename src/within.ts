/** Bounded waits. The timer ends with the work: a running one would keep an object in memory, which is billed. */

/** Rejects with `late()` after `withinMs`. A later result of the work is dropped. */
export function within<T>(work: Promise<T>, withinMs: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), withinMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
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
