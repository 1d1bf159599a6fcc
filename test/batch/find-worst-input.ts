/** `node test/batch/find-worst-input.ts [seconds]`: looks for inputs that cost more than those of `worst-input.ts`. */

import { cpuMs, preview, type Shape, WORST, workOutHours } from "./worst-input.ts";

const seconds = Number(process.argv[2] ?? 60);
const pick = <T>(...values: readonly [T, ...T[]]): T => values[Math.floor(Math.random() * values.length)] ?? values[0];

const random = (): Shape => ({
  numbers: pick(1, 2, 10, 100, 2_500, 5_000),
  zones: pick(0, 1, 20, 67, 419),
  every: pick(0, 28, 28, 29, 60, 1_440),
  length: pick(2, 3, 14, 27, 28, 600),
  floorShift: pick<number | null>(null, 1, 7, 14, 27),
  excluded: pick(0, 1, 30, 58, 59, 61),
  gapMinutes: pick<number | null>(null, 1, 28, 60, 1_440, 43_200),
  cap: pick<number | null>(null, 1, 2, 5, 50, 1_000),
  callSeconds: pick(1, 60, 3_600, 28_800),
  slots: pick(1, 10, 1_000),
});

/** The same but for one thing. */
const changed = (shape: Shape): Shape => {
  const other = random();
  const key = pick(...(Object.keys(other) as [keyof Shape, ...(keyof Shape)[]]));
  return { ...shape, [key]: other[key] };
};

let worst = { ms: 0, shape: random() };
for (const [, shape] of WORST) {
  const ms = cpuMs(() => preview(shape));
  if (ms > worst.ms) worst = { ms, shape };
}
console.log("begins with", worst);
for (const until = Date.now() + seconds * 1_000; Date.now() < until; ) {
  const shape = Math.random() < 0.5 ? random() : changed(worst.shape);
  const ms = cpuMs(() => preview(shape));
  if (ms > worst.ms) {
    worst = { ms, shape };
    console.log(
      Math.round(ms),
      "ms",
      Math.round(cpuMs(() => workOutHours(shape))),
      "ms for its hours",
      JSON.stringify(shape),
    );
  }
}
