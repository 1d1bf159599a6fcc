/** A CSV file that is written while it is sent, one page at a time and no faster than the client reads. */

export type CsvPage = { readonly lines: string; readonly isLast: boolean };

/**
 * `nextPage` is called until it returns the last page. If it throws, the stream breaks off, so that half a file never
 * looks complete.
 */
export function csvStream(header: string, nextPage: () => Promise<CsvPage>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(header));
    },
    async pull(controller) {
      // A stream that waits is pulled again only after it has enqueued something.
      let page = await nextPage();
      while (page.lines === "" && !page.isLast) page = await nextPage();
      if (page.lines !== "") controller.enqueue(encoder.encode(page.lines));
      if (page.isLast) controller.close();
    },
  });
}
