/** `npm run demo`: like `npm start`, with a batch of 200 recipients to watch. */

import { Client } from "./client.ts";
import { forever, keyLine, publicUrl, runCommand, shownKey } from "./command.ts";
import { readCurl } from "./curls.ts";
import { DEMO_RECIPIENTS, demoBatch } from "./demo-batch.ts";
import { VARIABLES_HELP } from "./help.ts";
import { follow } from "./live.ts";
import { optionsOf } from "./options.ts";
import { destinationTable, outcomeTable, unexpected } from "./outcome-table.ts";
import { isFinished, Progress } from "./progress.ts";
import { DEMO } from "./provision.ts";
import type { LocalService } from "./service.ts";
import { StartFailure } from "./start-failure.ts";
import { BATCHES, type Batch, type BatchSummary } from "./wire.ts";

const HELP = `npm run demo [-- --once]

Runs the service with a stand-in carrier and a demo organization, calls ${DEMO_RECIPIENTS} recipients with mixed outcomes, shows
the progress and then what became of everybody. Stays up afterwards, until Ctrl-C.

  --once   exits when the batch is finished: with status 0 only if every recipient reached the status its
           destination calls for
  --help   shows this

${VARIABLES_HELP}`;

/** The batch takes well under a minute, so after this time it will not finish. */
const GIVE_UP_MS = 5 * 60_000;
/** 128 + SIGINT, like a shell: the demo was interrupted. */
const INTERRUPTED = 130;

const values = optionsOf({ once: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } });
if (values.help) console.log(HELP);
else await runCommand((service) => demo(service, values.once), values.once ? INTERRUPTED : 0);

async function demo(service: LocalService, isOnce: boolean): Promise<number> {
  await requireStandIn(service);
  const client = Client.ofOrganization(service.baseUrl, service.secrets.apiKey);
  const { id } = await client.post<BatchSummary>(BATCHES, demoBatch());
  console.log(`
Batch ${id}: ${DEMO_RECIPIENTS} recipients, ${DEMO.concurrencyLimit} calls at a time
Watch it in the dashboard: ${publicUrl(service.settings)}/#/batches/${id}`);
  const batch = await watch(client, id);
  if (batch === null) {
    console.error(`The batch is not finished after ${GIVE_UP_MS / 60_000} minutes.`);
    return 1;
  }
  const wrong = unexpected(batch.recipients);
  console.log(`\n${outcomeTable(batch.recipients)}\n\n${destinationTable(batch.recipients)}\n`);
  console.log(
    wrong.length === 0
      ? "Every recipient reached the status its destination calls for."
      : `${wrong.length} recipients did not reach the status their destination calls for:`,
  );
  for (const recipient of wrong) console.log(JSON.stringify(recipient));
  if (isOnce) return wrong.length === 0 ? 0 : 1;
  console.log(
    `\nStill up. Read the batch:\n\n${keyLine(service)}BATCH=${id}\n${readCurl(publicUrl(service.settings), shownKey(service))}\n\nCtrl-C ends everything.`,
  );
  return forever();
}

/** The list is only for the stand-in carrier. A demo must not make a real phone ring. */
async function requireStandIn(service: LocalService): Promise<void> {
  const answer = await new Client(service.carrierUrl).send("GET", "/__carrier/summary").catch(() => null);
  if (answer?.status === 200) return;
  throw new StartFailure(
    `The demo dials the stand-in carrier only, and ${service.carrierUrl} (TWILIO_API_BASE_URL) is none.`,
  );
}

/** Null if it does not finish. */
async function watch(client: Client, id: string): Promise<Batch | null> {
  const progress = new Progress({
    isTTY: process.stdout.isTTY === true,
    write: (text) => process.stdout.write(text),
  });
  const isSeen = await follow(client, id, GIVE_UP_MS, (batch) => {
    if (!isFinished(batch)) progress.show(batch);
    return isFinished(batch);
  });
  if (!isSeen) return null;
  const batch = await client.get<Batch>(`${BATCHES}/${id}`);
  progress.finish(batch);
  return batch;
}
