/** The demo's list: always the same 200 people. Most of them answer. */

import { DEMO } from "./provision.ts";
import type { NewBatch } from "./wire.ts";

export const DEMO_RECIPIENTS = 200;

/** How often each special number is on the list. A 503 or 429 pauses the whole batch, so these are few. */
const SPECIAL: readonly (readonly [number: string, times: number])[] = [
  ["+15005550001", 6],
  ["+15005550002", 12],
  ["+15005550003", 12],
  ["+15005550004", 6],
  ["+15005550005", 2],
  ["+15005550006", 6],
  ["+15005550007", 3],
  ["+15005550008", 6],
  ["+15005550009", 2],
  ["+15005550010", 6],
];

const FIRST_NAMES = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "Ken", "Radia", "Tony"];

/** Numbers reserved for fiction: 555-0100 to 555-0199 of an area code. */
const AREA_CODES = ["212", "415", "312"];
const ordinaryNumber = (index: number): string =>
  `+1${AREA_CODES[Math.floor(index / 100)]}55501${String(index % 100).padStart(2, "0")}`;

/** Special numbers are spread over the list, so that the progress shows every kind at any time. */
function numbers(): string[] {
  const special = SPECIAL.flatMap(([number, times]) =>
    Array.from({ length: times }, (_, index) => ({ number, place: (index + 0.5) / times })),
  )
    .sort((a, b) => a.place - b.place)
    .map(({ number }) => number);
  const every = DEMO_RECIPIENTS / special.length;
  let taken = 0;
  return Array.from({ length: DEMO_RECIPIENTS }, (_, index) => {
    const next = special[taken];
    if (next === undefined || index < Math.floor(taken * every)) return ordinaryNumber(index - taken);
    taken += 1;
    return next;
  });
}

export const demoBatch = (): NewBatch => ({
  name: "Demo: 200 recipients with mixed outcomes",
  agent_id: DEMO.agentId,
  from_number_id: DEMO.numberId,
  target_concurrency_limit: DEMO.concurrencyLimit,
  recipients: numbers().map((to_number, index) => ({
    to_number,
    metadata: { first_name: FIRST_NAMES[index % FIRST_NAMES.length], order_number: 1_000 + index },
  })),
});
