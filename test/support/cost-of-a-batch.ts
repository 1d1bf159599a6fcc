/**
 * What a batch of answered calls costs in what the platform counts. `test/journey/scale` asserts that no batch costs more,
 * and `npm run bench -- --cost` makes money of it.
 */

/** Each call. */
export const A_CALL = {
  /** The intent, the carrier's acceptance, the end; a hundredth of its recipient's page. */
  rowsWritten: 3.02,
  /** If the carrier finds a call by our id: the acceptance, too, is in the row that many calls share. */
  rowsWrittenIfFound: 2.02,
  /** Each of these finds its place by the key. While the batch runs it is counted again for the reports, once a minute. */
  rowsRead: 4.2,
  /** `answered` and `completed`: a request to the Worker, and one to the batch's object. */
  callbacks: 2,
  /** To the carrier. */
  outbound: 1,
  /** Stored, of recipient and attempt together, without metadata. */
  bytes: 200,
} as const;

/** The batch's object itself, whatever its size: its schema, its row, its request. */
export const ITS_OBJECT = { rowsWritten: 19, rowsRead: 300, bytes: 36 * 1_024 } as const;

/** At most so many in so many seconds, while a batch runs. */
type Rate = { readonly atFirst: number; readonly everySeconds: number };
const most = ({ atFirst, everySeconds }: Rate, seconds: number): number => atFirst + seconds / everySeconds;

const RATES = {
  /** The recovery alarm, which a batch keeps twenty seconds ahead while calls are in flight. */
  alarms: { atFirst: 3, everySeconds: 10 },
  alarmChanges: { atFirst: 6, everySeconds: 8 },
  /** Progress of all calls shares a row, every five seconds (`batch/attempts/told-again.ts`). */
  progress: { atFirst: 4, everySeconds: 5 },
  clearances: { atFirst: 3, everySeconds: 8 },
  /** A dial needs one that is at most 20 s old. */
  lines: { atFirst: 2, everySeconds: 20 },
} as const satisfies Record<string, Rate>;

/** What comes with the time that a batch runs, whatever its size, and with how many calls it has in flight at most. */
export function overTime(seconds: number, atOnce: number) {
  const long = Math.max(0, seconds - 60);
  return {
    alarms: most(RATES.alarms, seconds),
    alarmChanges: most(RATES.alarmChanges, seconds),
    progress: most(RATES.progress, seconds),
    clearances: most(RATES.clearances, seconds),
    lines: most(RATES.lines, seconds),
    /**
     * One report a second for a minute, then one every five (`batch/attempts/timing.ts`), and a few at the start. When
     * no recipient waits, each call that ends gives its slot back at once, because another batch may need it.
     */
    reports: 12 + Math.min(60, seconds) + long / 5 + atOnce,
  };
}

/** Of the organization's object, for each report: the summary's row. */
export const A_REPORT = { rowsWritten: 1, rowsRead: 10 } as const;
/** Beside, where a slot is given back: the batch's holding. */
export const A_SLOT_BACK = { rowsWritten: 1 } as const;
/** Once a batch: announcement, index, holding, request, grant. */
export const A_BATCH = { rowsWritten: 30, rowsRead: 100, objectRequests: 8 } as const;

/** A direct call, asked for by itself and answered, in an object that it shares with others. */
export const A_DIRECT_CALL = {
  /** Eight and three alarms in the object; seven in the organization: its row, the slot's, the person's, the reports'. */
  rowsWritten: 19,
  /** Beside, of its `Idempotency-Key`. */
  rowsOfAKey: 4,
} as const;

/** A webhook that is told of answers and ends. Beside what the call costs without one. */
export const A_WEBHOOK = {
  /** A direct call alone: a pack for each of its events, and that all have arrived. */
  rowsAlone: 3,
  /** In a batch: the answer is in the call's row at once, with its event. */
  rowsOfACall: 1,
  /** While a batch runs, it sends a pack a second. The webhook's object stores it, and at times once more, settled. */
  rowsOfASecond: 2,
} as const;
