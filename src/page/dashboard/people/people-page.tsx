/** One person in all batches: what was done, what waits, and the ways to stop it. */

import { useState } from "preact/hooks";
import { linkTo } from "../address.ts";
import { useDashboard } from "../api/context.ts";
import { useResource } from "../api/use-resource.ts";
import { go } from "../router.ts";
import { Failure } from "../ui/failure.tsx";
import { Icon } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { ListHistory } from "./list-history.tsx";
import { type Named, namedBy } from "./named.ts";
import { Places } from "./places.tsx";
import { WORDS } from "./words.ts";

/** While a person may be on the phone. */
const READ_EVERY_MS = 5_000;
const AT_FIRST = 20;
const AT_MOST = 100;

export function PeoplePage({ query }: { readonly query: URLSearchParams }) {
  const asked = query.get("q") ?? "";
  const [text, setText] = useState(asked);
  const named = namedBy(asked);
  return (
    <>
      <PageHead title={WORDS.title} about={WORDS.about} />
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          go(linkTo(["people"], { q: text.trim() }));
        }}
      >
        <SearchField label={WORDS.search} hint={WORDS.hint} value={text} onValue={setText} />
        <button type="submit" class="button">
          {WORDS.find}
        </button>
      </form>
      {named !== null && <Person key={asked} named={named} />}
    </>
  );
}

function Person({ named }: { readonly named: Named }) {
  const { client } = useDashboard();
  const [limit, setLimit] = useState(AT_FIRST);
  const found = useResource(
    `person ${JSON.stringify(named)} ${limit}`,
    () => client.searchPeople({ ...named, limit }),
    READ_EVERY_MS,
  );
  const places = found.value?.data ?? [];
  const numbers = [
    ...new Set([...(named.to_number === undefined ? [] : [named.to_number]), ...places.map((one) => one.to_number)]),
  ].filter((number) => number !== "");
  return (
    <div class="stack">
      <Failure error={found.error} />
      {found.value === null && found.error === null && <WaitingLines />}
      {found.value !== null && places.length === 0 && (
        <div class="card empty">
          <Icon name="search" size={28} />
          <h2>{WORDS.nobody}</h2>
          <p>{WORDS.nobodyAbout}</p>
        </div>
      )}
      {found.value !== null &&
        numbers.map((number) => (
          <ListHistory key={number} number={number} named={named} onErased={() => void found.reload()} />
        ))}
      {places.length > 0 && <Places places={places} />}
      {found.value?.has_more === true && limit < AT_MOST && (
        <button type="button" class="button" onClick={() => setLimit(AT_MOST)}>
          {WORDS.more}
        </button>
      )}
    </div>
  );
}
