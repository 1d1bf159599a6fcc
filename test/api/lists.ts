/** Lists as clients read them: a page, or every page by following `next_page`. */

import { expect } from "vitest";
import { present } from "../../src/calling/requests/assert.ts";
import type { Batch, TestService } from "../support/service.ts";

export type Listed<T = { id: string }> = { data: T[]; has_more: boolean; next_page: string | null };
type Direction = "starting_after" | "ending_before";

export class Lists {
  readonly #service: TestService;

  constructor(service: TestService) {
    this.#service = service;
  }

  /** A page of any list; `/admin` with the operators' token. */
  async get<T = Listed>(path: string, query: Record<string, string> = {}): Promise<{ status: number; body: T }> {
    const [route = "", fixed = ""] = path.split("?");
    const search = new URLSearchParams([...new URLSearchParams(fixed), ...Object.entries(query)]);
    const full = `${route}?${search}`;
    if (!path.startsWith("/admin")) return this.#service.api<T>("GET", full);
    return this.#service.fetch<T>("GET", full, { headers: { authorization: "Bearer admin_test" } });
  }

  /** To the end; the ids of each page. */
  async walk(path: string, limit: number, direction: Direction, from?: string): Promise<string[][]> {
    const pages: string[][] = [];
    let cursor = from;
    for (;;) {
      const query = { limit: String(limit), ...(cursor === undefined ? {} : { [direction]: cursor }) };
      const { status, body } = await this.get(path, query);
      expect(status).toBe(200);
      pages.push(body.data.map(({ id }) => id));
      expect(body.has_more).toBe(body.next_page !== null);
      if (body.next_page === null) return pages;
      expect(body.data.at(direction === "starting_after" ? -1 : 0)?.id).toBe(body.next_page);
      // A list that leads back to itself is a failure, not an endless test.
      expect(pages.flat().filter((id) => id === body.next_page)).toHaveLength(1);
      cursor = body.next_page;
    }
  }
}

/** The calls of a batch whose every recipient was called once, newest first: their ids are in the order of creation. */
export const callsOf = (batch: Batch | undefined): string[] =>
  present(batch, "made before the tests")
    .recipients.map((one) => present(one.agent_call_id, "every recipient was called"))
    .sort()
    .reverse();

/** An instant at which nothing was created, with nothing else in the same millisecond. */
export async function instantOfItsOwn(): Promise<string> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  await pause();
  const at = new Date().toISOString();
  await pause();
  return at;
}
