/**
 * The cost of a million answered calls on Cloudflare, from the counts that the tests assert and the published prices,
 * beside the carrier's minutes. Includes only what exceeds the plan's allowance. Unknown values are assumed to be as
 * expensive as possible.
 */

import { A_BATCH, A_CALL, A_REPORT, A_SLOT_BACK, A_WEBHOOK, ITS_OBJECT, overTime } from "../support/cost-of-a-batch.ts";
import { CARRIER_MINUTE, CLOUDFLARE } from "./prices.ts";
import { printTable } from "./table.ts";

const CALLS = 1_000_000;
const RECIPIENTS = 5_000;
const AT_ONCE = 100;
const RING_SECONDS = 20;
const TALK_SECONDS = 60;
/** Of the whole service on a slow core (`npm run bench`, W2); the Worker's part is less. */
const CPU_MS_A_CALL = 4;
const OBJECT_GIGABYTES = 0.128;
const METADATA_BYTES = 824;
const BYTES_A_CALL = A_CALL.bytes + METADATA_BYTES;

/** Of a batch. */
const SECONDS = (RECIPIENTS / AT_ONCE) * (RING_SECONDS + TALK_SECONDS);

type Line = { readonly what: string; readonly count: number; readonly price: number; readonly why: string };

/** `isFound`: the carrier finds a call by our id. */
function lines(isFound = false): Line[] {
  const batches = CALLS / RECIPIENTS;
  const { alarms, alarmChanges, clearances, lines: dialings, reports, progress } = overTime(SECONDS, AT_ONCE);
  const rowsWritten = isFound ? A_CALL.rowsWrittenIfFound : A_CALL.rowsWritten;
  const ofBatches = (count: number) => count * batches;
  return [
    {
      what: "requests to the Worker",
      count: CALLS * A_CALL.callbacks + batches,
      price: CLOUDFLARE.workerRequest,
      why: "two callbacks a call",
    },
    {
      what: "processor time of the Worker, ms",
      count: CALLS * CPU_MS_A_CALL,
      price: CLOUDFLARE.workerCpuMs,
      why: `at most ${CPU_MS_A_CALL} ms a call`,
    },
    {
      what: "requests to objects",
      count: CALLS * A_CALL.callbacks + ofBatches(alarms + clearances + dialings + reports + A_BATCH.objectRequests),
      price: CLOUDFLARE.objectRequest,
      why: "the callbacks; alarms and reports while a batch runs",
    },
    {
      what: "rows written",
      count:
        CALLS * rowsWritten +
        ofBatches(
          progress +
            alarmChanges +
            reports * A_REPORT.rowsWritten +
            AT_ONCE * A_SLOT_BACK.rowsWritten +
            A_BATCH.rowsWritten +
            ITS_OBJECT.rowsWritten,
        ),
      price: CLOUDFLARE.rowWritten,
      why: `${rowsWritten} a call; answers, alarms and summaries while a batch runs`,
    },
    {
      what: "rows read",
      count: CALLS * A_CALL.rowsRead + ofBatches(reports * A_REPORT.rowsRead + A_BATCH.rowsRead + ITS_OBJECT.rowsRead),
      price: CLOUDFLARE.rowRead,
      why: `${A_CALL.rowsRead} a call`,
    },
    {
      what: "duration, GB-s",
      count: ofBatches(SECONDS) * OBJECT_GIGABYTES,
      price: CLOUDFLARE.objectGigabyteSecond,
      why: "as if a batch's object never slept while it runs",
    },
    {
      what: "storage, GB for a month",
      count: (CALLS * BYTES_A_CALL + ofBatches(ITS_OBJECT.bytes)) / 1e9,
      price: CLOUDFLARE.gigabyteMonth,
      why: `${BYTES_A_CALL} bytes a call`,
    },
  ];
}

const dollars = (amount: number): string => `$${amount.toLocaleString("en-US", { maximumFractionDigits: 2 })}`;
const rounded = (count: number): string =>
  count >= 1e4 ? `${(count / 1e6).toFixed(2)} million` : count.toFixed(count < 10 ? 2 : 0);

const totalOf = (all: readonly Line[]): number => all.reduce((sum, { count, price }) => sum + count * price, 0);

export function printCost(): void {
  console.log(
    `${CALLS.toLocaleString("en-US")} answered calls in batches of ${RECIPIENTS}, ${AT_ONCE} at once, ${RING_SECONDS} s of ringing and ${TALK_SECONDS} s of talk:\n`,
  );
  const all = lines();
  const minutes = CALLS * Math.ceil(TALK_SECONDS / 60);
  printTable([
    ["", "count", "price", "why"],
    ...all.map(({ what, count, price, why }) => [what, rounded(count), dollars(count * price), why]),
    ["Cloudflare", "", dollars(totalOf(all)), ""],
    ["the carrier", `${rounded(minutes)} minutes`, dollars(minutes * CARRIER_MINUTE), `$${CARRIER_MINUTE} a minute`],
  ]);
  const found = lines(true);
  const rows = found.find(({ what }) => what === "rows written")?.count ?? 0;
  console.log(
    `\nWith a carrier that finds a call by our id: ${rounded(rows)} rows written, ${dollars(totalOf(found))} in all.`,
  );
  const told = CALLS * (A_WEBHOOK.rowsOfACall + (SECONDS / RECIPIENTS) * A_WEBHOOK.rowsOfASecond);
  console.log(
    `A webhook that is told of answers and ends: at most ${rounded(told)} rows more, ${dollars(told * CLOUDFLARE.rowWritten)}.`,
  );
}
