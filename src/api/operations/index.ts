/** Every operation of the API, in the order of the document: by tag, path and method. */

import { type Operation, TAGS } from "../operation.ts";
import * as all from "./all.ts";

const TAGS_IN_ORDER = Object.keys(TAGS);
const METHODS: readonly Operation["method"][] = ["POST", "GET", "PATCH", "DELETE"];

export const OPERATIONS: readonly Operation[] = Object.values(all).sort(
  (a, b) =>
    TAGS_IN_ORDER.indexOf(a.tag) - TAGS_IN_ORDER.indexOf(b.tag) ||
    (a.path === b.path ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method) : a.path < b.path ? -1 : 1),
);
