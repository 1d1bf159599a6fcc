import { expect, it } from "vitest";
import { answersOf } from "../../src/api/guards/answers.ts";

const fails = (text: string) => Promise.reject(new Error(text));

it("answers of those that answer come in order, without those that fail", async () => {
  expect(await answersOf([Promise.resolve(1), fails("down"), Promise.resolve(2)])).toEqual([1, 2]);
  expect(await answersOf([])).toEqual([]);
});

it("if all fail, that is no empty answer", async () => {
  await expect(answersOf([fails("first"), fails("second")])).rejects.toThrow("first");
});
