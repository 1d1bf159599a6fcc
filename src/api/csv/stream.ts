/** A CSV file that is read while it is sent, one page at a time and no faster than it is taken. */

export type CsvPage = { readonly lines: string; readonly isLast: boolean };

/**
 * `nextPage` is called until it answers with the last one. Where it throws the stream breaks off, so that nobody takes
 * half a file for the whole.
 */
export function csvStream(header: string, nextPage: () => Promise<CsvPage>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(header));
    },
    async pull(controller) {
      // A stream that waits is not pulled again before it has enqueued something.
      let page = await nextPage();
      while (page.lines === "" && !page.isLast) page = await nextPage();
      if (page.lines !== "") controller.enqueue(encoder.encode(page.lines));
      if (page.isLast) controller.close();
    },
  });
}
