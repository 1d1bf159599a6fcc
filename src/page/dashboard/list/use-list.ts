/** The user's list: its source, the meaning of its columns, and its people. */

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { MAX_BODY_BYTES, MAX_RECIPIENTS } from "../../../calling/requests/limits.ts";
import { useKeptState } from "../api/use-kept-state.ts";
import type { Mapping } from "./mapping.ts";
import type { People } from "./people.ts";
import { ListReader, type ReadList } from "./reading/list-reader.ts";
import type { Summary } from "./reading/read-list.ts";
import { type Offer, offerFor, save } from "./saved-columns.ts";
import { SOURCE } from "./words.ts";

export type Source = { readonly id: string; readonly name: string; readonly blob: Blob; readonly sheet: string | null };

export type List = {
  /** Null without a list. */
  readonly source: Source | null;
  /** Null until it is read. */
  readonly summary: Summary | null;
  readonly mapping: Mapping | null;
  readonly read: People | null;
  /** The list is being read, for the first time or after a change. */
  readonly isReading: boolean;
  readonly country: string;
  /** Numbers that could also be another country's count as errors. */
  readonly isStrict: boolean;
  readonly corrections: ReadonlyMap<number, string>;
  readonly problem: string | null;
  /** The earlier choice for such a list, if it differs. */
  readonly offer: Offer | null;
  readonly take: (name: string, text: string) => void;
  readonly takeFile: (file: File) => void;
  readonly drop: () => void;
  readonly setSheet: (sheet: string) => void;
  readonly setMapping: (mapping: Mapping) => void;
  readonly setCountry: (country: string) => void;
  readonly setStrict: (isStrict: boolean) => void;
  readonly correct: (line: number, number: string) => void;
  readonly takeOffer: (offer: Offer) => void;
  /** Stores the choice, to offer it for the next list with the same columns. */
  readonly remember: () => void;
};

const NO_CORRECTIONS: ReadonlyMap<number, string> = new Map();

/** `form`: the form whose list is kept while its page is left. `most`: how many people it may have. */
export function useList(form: string | null = null, most = MAX_RECIPIENTS): List {
  const named = (name: string) => (form === null ? null : `${form} ${name}`);
  const [source, setSource] = useKeptState<Source | null>(named("source"), () => null);
  /** Null while it is as guessed. */
  const [chosen, setChosen] = useKeptState<Mapping | null>(named("mapping"), () => null);
  const [country, setCountry] = useKeptState(named("country"), () => "");
  const [isStrict, setStrict] = useKeptState(named("strict"), () => false);
  const [corrections, setCorrections] = useKeptState(named("corrections"), () => NO_CORRECTIONS);
  const [problem, setProblem] = useState<string | null>(null);
  const [found, setFound] = useState<(ReadList & { readonly listId: string }) | null>(null);
  /** The input of the last read; losing it costs another read. */
  const asked = useMemo(
    () => ({ source, chosen, country, isStrict, corrections }),
    [source, chosen, country, isStrict, corrections],
  );
  const [answered, setAnswered] = useState<typeof asked | null>(null);
  const reader = useRef<ListReader | null>(null);
  useEffect(() => () => reader.current?.stop(), []);

  useEffect(() => {
    if (asked.source === null) return;
    const { id, name, blob, sheet } = asked.source;
    reader.current ??= new ListReader();
    const { chosen: mapping, source: _, ...rest } = asked;
    reader.current.ask(
      { list: blob, listId: id, sheet, most, mapping, ...rest },
      (list) => {
        setFound({ ...list, listId: id });
        setAnswered(asked);
      },
      (refusal) => {
        setProblem(SOURCE.refused(name, refusal));
        setSource(null);
      },
    );
  }, [asked]);

  const bring = useCallback((name: string, blob: Blob) => {
    setProblem(null);
    setChosen(null);
    setCorrections(NO_CORRECTIONS);
    setFound(null);
    setSource({ id: crypto.randomUUID(), name, blob, sheet: null });
  }, []);

  const shown = found !== null && source !== null && found.listId === source.id ? found : null;
  const mapping = shown === null ? null : (chosen ?? shown.summary.mapping);
  const offer = useMemo(
    () => (shown === null || mapping === null ? null : offerFor(localStorage, shown.summary.columns, mapping, country)),
    [shown, mapping, country],
  );
  return {
    source,
    summary: shown?.summary ?? null,
    mapping,
    read: shown?.read ?? null,
    isReading: source !== null && answered !== asked,
    country,
    isStrict,
    corrections,
    problem,
    offer,
    take: (name, text) => bring(name, new Blob([text])),
    takeFile: (file) => {
      if (file.size <= MAX_BODY_BYTES) return bring(file.name, file);
      setProblem(SOURCE.tooLarge(file.name));
    },
    drop: () => setSource(null),
    setSheet: (sheet) => {
      if (source === null) return;
      setChosen(null);
      setCorrections(NO_CORRECTIONS);
      setFound(null);
      setSource({ ...source, id: crypto.randomUUID(), sheet });
    },
    setMapping: setChosen,
    setCountry,
    setStrict,
    correct: (line, number) => setCorrections((before) => new Map(before).set(line, number)),
    takeOffer: (offer) => {
      setChosen(offer.mapping);
      setCountry(offer.country);
    },
    remember: () => {
      if (shown !== null && mapping !== null) save(localStorage, shown.summary.columns, mapping, country);
    },
  };
}
