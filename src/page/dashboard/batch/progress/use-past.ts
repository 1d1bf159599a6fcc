/** A batch's calls before the page was opened, by the beginning and end of each latest call. */

import { useEffect, useState } from "preact/hooks";
import type { Client, RecipientPage } from "../../../../client/client.ts";
import { useDashboard } from "../../api/context.ts";
import { type Sample, type Span, samplesOf } from "../../live/history.ts";

const ON_A_PAGE = 100;
/** For a longer list, its first people are enough. */
const PAGES_AT_MOST = 20;

async function spansOf(client: Client, id: string, isWanted: () => boolean): Promise<Span[]> {
  const spans: Span[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < PAGES_AT_MOST && isWanted(); read += 1) {
    const page: RecipientPage = await client.listRecipients(id, {
      limit: ON_A_PAGE,
      ...(cursor === null ? {} : { starting_after: cursor }),
    });
    for (const { dispatched_at, ended_at } of page.data) {
      if (dispatched_at === undefined) continue;
      spans.push({ from: Date.parse(dispatched_at), until: ended_at === undefined ? null : Date.parse(ended_at) });
    }
    cursor = page.next_page;
    if (cursor === null) break;
  }
  return spans;
}

/** Empty until it is known, or if it cannot be read. */
export function usePast(id: string): readonly Sample[] {
  const { client } = useDashboard();
  const [past, setPast] = useState<readonly Sample[]>([]);
  useEffect(() => {
    let isWanted = true;
    void spansOf(client, id, () => isWanted).then(
      (spans) => isWanted && setPast(samplesOf(spans)),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [client, id]);
  return past;
}
