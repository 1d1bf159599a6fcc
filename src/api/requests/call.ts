/** What is said about a call, in requests. */

import { z } from "zod";
import { LABELS, MAX_NOTES_CHARACTERS, MAX_URL_CHARACTERS } from "../../calling/requests/limits.ts";
import { named, text } from "./common.ts";

const HTTPS = "must be a URL that begins with https://, without credentials";
/** It is shown as a link, and never fetched. */
const link = text(MAX_URL_CHARACTERS)
  .refine((value) => {
    const url = URL.parse(value);
    return url?.protocol === "https:" && url.username === "" && url.password === "" && !/\s/.test(value);
  }, HTTPS)
  .meta({ format: "uri", examples: ["https://recordings.example.com/one.mp3"] });

/** Spaces at the ends are removed. */
const label = named(LABELS.characters).transform((value) => value.trim());

/** Lists of tags in queries have commas between them. */
const tag = label.refine((value) => !value.includes(","), { error: "must not contain a comma" });

const TAGS = `must be an array of at most ${LABELS.tags} tags`;

/** `null` clears a field, as an empty list of tags does. */
export const changeCallBody = z
  .object({
    outcome: label.nullable().describe("How it came out, in your own words. Calls are found by it.").optional(),
    notes: text(MAX_NOTES_CHARACTERS).nullable().describe("Text for people.").optional(),
    tags: z
      .array(tag, { error: TAGS })
      .max(LABELS.tags, { error: TAGS })
      .nullable()
      .transform((tags) => tags ?? [])
      .describe("Replace the present ones. Calls are found by each.")
      .optional(),
    recording_url: link.nullable().describe("Where the recording is. callbatch never opens it.").optional(),
    transcript_url: link.nullable().describe("Where the transcript is. callbatch never opens it.").optional(),
  })
  .describe("Absent fields are left unchanged; `null` clears a field.");
