/** The first people on the list, as they will be called. */

import { usePhoneFormat } from "../text/phone.ts";
import type { Person } from "./people.ts";
import { PREVIEW } from "./words.ts";

const SHOWN = 5;
const COLUMNS_AT_MOST = 4;

export function Preview({ people }: { readonly people: readonly Person[] }) {
  const format = usePhoneFormat();
  const shown = people.slice(0, SHOWN);
  const names = [...new Set(shown.flatMap(({ metadata }) => Object.keys(metadata)))].slice(0, COLUMNS_AT_MOST);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section class="scroll" aria-label={PREVIEW.label} tabIndex={0}>
      <table class="list preview">
        <caption class="unseen">{PREVIEW.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{PREVIEW.number}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, to_number, metadata }) => (
            <tr key={line}>
              <td class="number nowrap">{format(to_number)}</td>
              {names.map((name) => (
                <td key={name}>{metadata[name] ?? ""}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {people.length > SHOWN && <p class="faint small preview-more">{PREVIEW.more(people.length - SHOWN)}</p>}
    </section>
  );
}
