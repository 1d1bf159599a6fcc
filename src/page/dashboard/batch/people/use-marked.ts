/** The people of a batch whose latest call was marked so: the service knows, and the page has no marks. */

import { useEffect, useRef, useState } from "preact/hooks";
import { useDashboard } from "../../api/context.ts";
import { useResource } from "../../api/use-resource.ts";
import { isMarked, type Marks, marksQuery } from "./marks.ts";

const ON_A_PAGE = 100;
/** Marks come after calls, while somebody looks. */
const READ_EVERY_MS = 10_000;
/** Searches once typing pauses. */
const TYPED_MS = 250;

type Marked = {
  /** Their ids; null: everybody, or not known yet. */
  readonly ids: ReadonlySet<string> | null;
  readonly error: unknown;
};

/** The people found before stay until others are known, so the list does not flicker with each letter. */
export function useMarked(batchId: string, typed: Marks): Marked {
  const { client } = useDashboard();
  const [marks, setMarks] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setMarks(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed.outcome, typed.tag]);
  const isAsked = isMarked(marks);
  const { value, error } = useResource(
    `marked ${batchId} ${JSON.stringify(marksQuery(marks))}`,
    async () => {
      if (!isAsked) return null;
      const ids = new Set<string>();
      for await (const { id } of client.listRecipients(batchId, { limit: ON_A_PAGE, ...marksQuery(marks) }))
        ids.add(id);
      return ids;
    },
    isAsked ? READ_EVERY_MS : null,
  );
  const latest = useRef<ReadonlySet<string> | null>(null);
  latest.current = isAsked ? (value ?? latest.current) : null;
  return { ids: latest.current, error };
}
