/**
 * A time limit that works with Node's own fetch. A request that is aborted while its answer's body arrives may never
 * settle (nodejs/node issue 56917). Nor may one whose signal was garbage-collected (nodejs/undici issue 3644). So a
 * limit by its signal alone can hang for ever.
 */
export async function within<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeoutMs} ms`);
      reject(error);
      abort.abort(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(abort.signal), limit]);
  } finally {
    clearTimeout(timer);
  }
}

const PROBE_TIMEOUT_MS = 2_000;

/** Whether a server that may still be starting answers with success at this address. */
export async function answers(url: string): Promise<boolean> {
  try {
    return await within(PROBE_TIMEOUT_MS, async (signal) => {
      const response = await fetch(url, { signal });
      await response.arrayBuffer();
      return response.ok;
    });
  } catch {
    return false;
  }
}
