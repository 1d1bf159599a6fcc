/**
 * What pages show and no test runs is held against its schema: JSON that is no printed answer, and bodies of requests that
 * need an account. `…` stands for what a reader fills in.
 */

import { expect, it } from "vitest";
import type { z } from "zod";
import { auditAnswer } from "../../src/api/answers/organization/audit.ts";
import { errorAnswer } from "../../src/api/answers/parts/common.ts";
import { EVENT_BODIES } from "../../src/api/openapi/events.ts";
import { OPERATIONS } from "../../src/api/operations/index.ts";
import { callingWindow } from "../../src/api/requests/calling-window.ts";
import { createProviderBody } from "../../src/api/requests/providers.ts";
import { createAgentBody } from "../../src/api/requests/telephony.ts";
import { problemOf } from "../carrier/http/request.ts";
import { blocksOf, pages, textOf } from "./pages.ts";

const DIGITS = "0123456789abcdef".repeat(2);
/** With something in the form of what a reader fills in. */
const filled = (text: string): string =>
  text
    .replace(/"(AC|SK)…"/g, `"$1${DIGITS}"`)
    .replace(/"([0-9a-f]{8})-…"/g, '"$1-0000-4000-8000-000000000000"')
    .replaceAll('"+1…"', '"+14155550100"')
    .replaceAll("…", DIGITS);

type Example = { readonly place: string; readonly text: string };
const blocks = (info: string): Example[] =>
  pages().flatMap((page) =>
    blocksOf(textOf(page))
      .filter((one) => one.info === info)
      .map(({ text, line }) => ({ place: `${page}:${line}`, text })),
  );

const isValid =
  (schema: z.ZodType) =>
  (value: unknown): void =>
    expect(schema.safeParse(value).error).toBeUndefined();

/** In the order of the page. */
const MEANT: Readonly<Record<string, readonly ((value: unknown) => void)[]>> = {
  "docs/carriers/http.md": [
    (order) => expect(problemOf("PUT", "/calls/ac_1", "application/json", JSON.stringify(order))).toBeNull(),
  ],
  "docs/carriers/jambonz.md": [isValid(createProviderBody)],
  "docs/carriers/livekit.md": [isValid(createProviderBody), isValid(createAgentBody.shape.connection)],
  "docs/guides/calling-hours.md": [isValid(callingWindow)],
  "docs/guides/webhooks.md": [
    (event) => {
      const { type, call, ...rest } = event as { type: string; call: Record<string, unknown> };
      const body = EVENT_BODIES.map(({ example }) => example as Record<string, unknown>).find((one) => "call" in one);
      expect(type).toBe(body?.type);
      expect(Object.keys(rest).toSorted()).toEqual(
        Object.keys(body ?? {})
          .filter((name) => name !== "call" && name !== "type")
          .toSorted(),
      );
      expect(body?.call).toMatchObject(Object.fromEntries(Object.keys(call).map((name) => [name, expect.anything()])));
    },
  ],
  "docs/operations/audit.md": [isValid(auditAnswer)],
  "docs/reference/errors.md": [isValid(errorAnswer)],
};

it("every example of JSON has a schema, and is valid", () => {
  const shown = Map.groupBy(blocks("json example"), ({ place }) => place.split(":")[0] ?? "");
  expect(Object.fromEntries([...shown].map(([page, of]) => [page, of.length]))).toEqual(
    Object.fromEntries(Object.entries(MEANT).map(([page, of]) => [page, of.length])),
  );
  for (const [page, examples] of shown) {
    for (const [index, { text }] of examples.entries()) MEANT[page]?.[index]?.(JSON.parse(filled(text)));
  }
});

const KINDS = ["sh", "sh no-run", "sh when-over", "sh background"];
/** A command that installs, deploys, or takes its time. */
const INSTALLS = /^ *(?:[A-Z_]+=\S+ )*(?:npm|npx|node|git|pipx|claude) /m;
const REQUEST = /curl [^\n]*?https:\/\/calls\.example\.com(\/[\w/{}.-]*)[\s\S]*?-d '([^']*)'/g;

it("every block of commands is of a known kind", () => {
  const infos = pages().flatMap((page) => blocksOf(textOf(page)).map(({ info }) => info));
  expect(infos.filter((info) => /^sh\b/.test(info) && !KINDS.includes(info))).toEqual([]);
});

it.each(blocks("sh no-run"))(
  "$place is not run: it installs something, or its requests need an account",
  ({ text }) => {
    const requests = [...text.matchAll(REQUEST)];
    if (requests.length === 0) expect(text).toMatch(INSTALLS);
    for (const [, path, body = ""] of requests) {
      const operation = OPERATIONS.find((one) => one.method === "POST" && one.path === path);
      expect(operation, `POST ${path}`).toBeDefined();
      expect(operation?.body?.schema.safeParse(JSON.parse(filled(body))).error, body).toBeUndefined();
    }
  },
);
