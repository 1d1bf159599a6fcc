/** The list that somebody brought: its text, what its columns are, and who is on it. */

import { useCallback, useMemo, useState } from "preact/hooks";
import { textOf } from "../../../api/csv/text.ts";
import { MAX_BODY_BYTES } from "../../../calling/limits.ts";
import { useKeptState } from "../api/use-kept-state.ts";
import { usePhoneNumbers } from "../text/phone.ts";
import { guessMapping, type Mapping } from "./mapping.ts";
import { type People, peopleOf } from "./people.ts";
import type { Row } from "./table.ts";

export type Source = { readonly name: string; readonly rows: readonly Row[] };

export type List = {
  readonly source: Source | null;
  readonly mapping: Mapping | null;
  readonly country: string;
  /** Null until it is read. */
  readonly read: People | null;
  readonly corrections: ReadonlyMap<number, string>;
  readonly problem: string | null;
  readonly take: (name: string, text: string) => Promise<void>;
  readonly takeFile: (file: File) => Promise<void>;
  readonly drop: () => void;
  readonly setMapping: (mapping: Mapping) => void;
  readonly setCountry: (country: string) => void;
  readonly correct: (line: number, number: string) => void;
};

const NO_CORRECTIONS: ReadonlyMap<number, string> = new Map();
const READS_BADLY = "This file could not be read as a table.";
/** More than the service takes, and than a page holds in passing. */
const TOO_LARGE = "This file is larger than 25 MiB, which is more than a batch may have.";

/** `form`: whose list it is, where it is kept while its page is left. */
export function useList(form: string | null = null): List {
  const numbers = usePhoneNumbers();
  const named = (name: string) => (form === null ? null : `${form} ${name}`);
  const [source, setSource] = useKeptState<Source | null>(named("source"), () => null);
  const [mapping, setMapping] = useKeptState<Mapping | null>(named("mapping"), () => null);
  const [country, setCountry] = useKeptState(named("country"), () => "");
  const [corrections, setCorrections] = useKeptState(named("corrections"), () => NO_CORRECTIONS);
  const [problem, setProblem] = useState<string | null>(null);

  const take = useCallback(async (name: string, text: string) => {
    try {
      const { tableOf } = await import("./table.ts");
      const { rows } = tableOf(text);
      if (rows.length === 0) return setProblem("There is nothing in it.");
      setSource({ name, rows });
      setMapping(guessMapping(rows));
      setCorrections(NO_CORRECTIONS);
      setProblem(null);
    } catch {
      setProblem(READS_BADLY);
    }
  }, []);

  const takeFile = useCallback(
    async (file: File) => {
      if (file.size > MAX_BODY_BYTES) return setProblem(TOO_LARGE);
      const text = await file.arrayBuffer().then(
        (bytes) => textOf(new Uint8Array(bytes)),
        () => null,
      );
      if (text === null) return setProblem(READS_BADLY);
      await (text.ok ? take(file.name, text.value) : setProblem(`${file.name} ${text.failure}.`));
    },
    [take],
  );

  const correct = useCallback(
    (line: number, number: string) => setCorrections((before) => new Map(before).set(line, number)),
    [],
  );

  const read = useMemo(() => {
    if (source === null || mapping === null || numbers === null) return null;
    const normalise = (text: string) => numbers.normalise(text, country === "" ? null : country);
    return peopleOf({ rows: source.rows, mapping, corrections, normalise });
  }, [source, mapping, numbers, corrections, country]);

  return {
    source,
    mapping,
    country,
    read,
    corrections,
    problem,
    take,
    takeFile,
    drop: () => setSource(null),
    setMapping,
    setCountry,
    correct,
  };
}
