/** The first of many ids, without sorting all of them. Pure. */

export function firstOf(
  lists: readonly Iterable<string>[],
  isWanted: (id: string) => boolean,
  limit: number,
  isBefore: (a: string, b: string) => boolean,
): string[] {
  const first: string[] = [];
  for (const ids of lists) {
    for (const id of ids) {
      const last = first[limit - 1];
      if (!isWanted(id) || (last !== undefined && !isBefore(id, last))) continue;
      const at = first.findIndex((one) => isBefore(id, one));
      first.splice(at < 0 ? first.length : at, 0, id);
      first.length = Math.min(first.length, limit);
    }
  }
  return first;
}
