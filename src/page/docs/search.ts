/** Finds words in all pages of the site. The index is built in the browser, from a file that is loaded on first use. */

import MiniSearch from "minisearch";

type Entry = { readonly id: string; readonly page: string; readonly title: string; readonly text: string };
export type Found = Omit<Entry, "text"> & { readonly excerpt: string };

const SHOWN = 12;
const EXCERPT_CHARACTERS = 140;

export type Search = (words: string) => readonly Found[];

/** The text around the first word that was found. */
function excerptOf(text: string, words: readonly string[]): string {
  const places = words.map((word) => text.toLowerCase().indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...(places.length > 0 ? places : [0])) - EXCERPT_CHARACTERS / 3);
  const from = start === 0 ? 0 : text.indexOf(" ", start) + 1;
  const piece = text.slice(from, from + EXCERPT_CHARACTERS);
  return `${from > 0 ? "… " : ""}${piece}${from + EXCERPT_CHARACTERS < text.length ? " …" : ""}`;
}

export async function loadSearch(): Promise<Search> {
  const response = await fetch("/docs/search.json");
  if (!response.ok) throw new Error(`the index answered ${response.status}`);
  const entries: Entry[] = await response.json();
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const index = new MiniSearch<Entry>({
    fields: ["title", "page", "text"],
    searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
    // `max_attempts` is found by itself and by its parts.
    tokenize: (text) => [...(text.match(/[\p{L}\p{N}_]+/gu) ?? []), ...(text.match(/[\p{L}\p{N}]+(?=_)/gu) ?? [])],
  });
  index.addAll(entries);
  return (words) =>
    index
      .search(words)
      .slice(0, SHOWN)
      .flatMap(({ id, terms }) => {
        const entry = byId.get(String(id));
        return entry === undefined ? [] : [{ ...entry, excerpt: excerptOf(entry.text, terms) }];
      });
}
