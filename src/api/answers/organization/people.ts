/** The do-not-call list and the erasure of people, in answers. */

import { z } from "zod";
import { known, time, timeOrNull } from "../../../calling/answers/json.ts";
import type { DoNotCallEntry, DoNotCallHistory, ErasureView } from "../../../organization/messages/people.ts";
import { timestamp } from "../parts/common.ts";
import { countryReadings, fileAnswer } from "../parts/file.ts";
import { archiveProblem } from "./organization.ts";

const who = z.object({ id: z.string(), label: z.string() }).describe("Who, by the API key.");

export const doNotCallEntry = z.object({
  id: z.string().meta({ examples: ["dnc_1"] }),
  number: z.string().describe("Empty once the person was erased; then only who knows the number finds the entry."),
  reason: z.string().optional(),
  call_id: z.string().optional().describe("The call in which the person asked for it."),
  added_at: timestamp,
  added_by: who,
  removed_at: timestamp.optional().describe("Since when calls to it are allowed again."),
  removed_by: who.optional(),
  removal_reason: z.string().optional(),
});

export type DoNotCallAnswer = z.output<typeof doNotCallEntry>;

export const presentDoNotCall = (entry: DoNotCallEntry): DoNotCallAnswer => ({
  id: entry.id,
  number: entry.number,
  ...known({ reason: entry.reason, call_id: entry.callId }),
  added_at: time(entry.addedAt),
  added_by: entry.addedBy,
  ...known({
    removed_at: timeOrNull(entry.removedAt),
    removed_by: entry.removedBy,
    removal_reason: entry.removalReason,
  }),
});

export const doNotCallHistory = doNotCallEntry.extend({
  earlier: z.array(doNotCallEntry).describe("The number's earlier entries, newest first."),
});

export type DoNotCallHistoryAnswer = z.output<typeof doNotCallHistory>;

export const presentDoNotCallHistory = ({ newest, earlier }: DoNotCallHistory): DoNotCallHistoryAnswer => ({
  ...presentDoNotCall(newest),
  earlier: earlier.map(presentDoNotCall),
});

export const doNotCallAdded = z.object({
  added: z.int().describe("Numbers that are new on the list."),
  already_listed: z.int().describe("Numbers that were already listed, or repeated in the request."),
  country_readings: countryReadings.optional().describe("For a file with a default_country."),
  file: fileAnswer.optional(),
});

export type DoNotCallAddedAnswer = z.output<typeof doNotCallAdded>;

export const erasureAnswer = z.object({
  id: z.string().meta({ examples: ["erasure_TX9N9ULdcZQd5CEWu65fR9"] }),
  status: z
    .enum(["erasing", "erased"])
    .describe("erasing: some batch or archive has not answered yet, or a call to the person is in flight."),
  requested_at: timestamp,
  requested_by: z.object({ id: z.string(), label: z.string() }).describe("By its API key."),
  completed_at: timestamp.optional(),
  batches: z.int().describe("In which the person was erased. Direct calls of one request count as one."),
  batches_left: z.int().describe("That still have to be asked."),
  recipients: z.int(),
  calls: z.int(),
  archive_problem: archiveProblem,
});

export type ErasureAnswer = z.output<typeof erasureAnswer>;

export const presentErasure = (erasure: ErasureView): ErasureAnswer => ({
  id: erasure.id,
  status: erasure.completedAt === null ? "erasing" : "erased",
  requested_at: time(erasure.requestedAt),
  requested_by: erasure.requestedBy,
  ...known({ completed_at: timeOrNull(erasure.completedAt) }),
  batches: erasure.batches,
  batches_left: erasure.batchesLeft,
  recipients: erasure.recipients,
  calls: erasure.calls,
  ...known({ archive_problem: erasure.archiveProblem ?? null }),
});
