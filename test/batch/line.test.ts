/** By which line a callback is verified while the organization is slow, down or has other credentials. */

import { expect, it } from "vitest";
import { LineMemory } from "../../src/batch/dialing/line.ts";
import { LineSource } from "../../src/batch/dialing/line-source.ts";
import type { Failure } from "../../src/calling/requests/failure.ts";
import { ok, type Result } from "../../src/calling/requests/result.ts";
import type { Dialer } from "../../src/dialer/dialer.ts";
import type { Dialing } from "../../src/dialer/dialing.ts";
import { sampleDialing } from "./samples.ts";

const FRESH_MS = 60_000;
const LATER = 10 * FRESH_MS;

/** Asked of an organization that tests answer for, one question at a time. */
function asking() {
  const questions: { answer: (dialing: Dialing) => void; fail: () => void }[] = [];
  const memory = new LineMemory();
  const keeper = new LineSource(
    memory,
    () =>
      new Promise<Result<Dialing, Failure>>((resolve, reject) => {
        questions.push({ answer: (dialing) => resolve(ok(dialing)), fail: () => reject(new Error("no answer")) });
      }),
    () => ({}) as Dialer,
  );
  return { keeper, memory, questions };
}

async function withLine() {
  const { keeper, memory, questions } = asking();
  const first = keeper.get(0);
  questions[0]?.answer(sampleDialing);
  return { keeper, memory, questions, line: await first };
}

it("the line last known serves however old it is, without waiting, and is asked for anew behind it", async () => {
  const { keeper, questions, line } = await withLine();
  expect(await keeper.known(LATER)).toBe(line);
  expect(questions).toHaveLength(2);
  questions[1]?.answer({ ...sampleDialing, from_number: "+14155550111" });
  await Promise.resolve();
  const renewed = await keeper.get(LATER);
  expect(renewed.dialing.from_number).toBe("+14155550111");
  expect(await keeper.known(LATER)).toBe(renewed);
  expect(questions).toHaveLength(2);
});

it("a line that is out of date by the organization's own word is asked for first, and serves where nobody answers", async () => {
  const { keeper, memory, questions, line } = await withLine();
  memory.forget();
  const asked = keeper.known(1_000);
  questions[1]?.answer({ ...sampleDialing, from_number: "+14155550111" });
  expect((await asked).dialing.from_number).toBe("+14155550111");

  memory.forget();
  const again = keeper.known(2_000);
  questions[2]?.fail();
  expect((await again).dialing.from_number).toBe("+14155550111");
  expect(await again).not.toBe(line);
});

it("where no line was ever known there is none", async () => {
  const { keeper, questions } = asking();
  const asked = keeper.known(0);
  questions[0]?.fail();
  await expect(asked).rejects.toThrow("no answer");
});
