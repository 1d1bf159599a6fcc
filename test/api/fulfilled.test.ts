import { expect, it } from "vitest";
import { fulfilled } from "../../src/api/guards/fulfilled.ts";

const fails = (text: string) => Promise.reject(new Error(text));

it("returns the fulfilled values in order, without the rejected ones", async () => {
  expect(await fulfilled([Promise.resolve(1), fails("down"), Promise.resolve(2)])).toEqual([1, 2]);
  expect(await fulfilled([])).toEqual([]);
});

it("rejects if all are rejected", async () => {
  await expect(fulfilled([fails("first"), fails("second")])).rejects.toThrow("first");
});
