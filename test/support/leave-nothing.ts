/** Files of tests share a runtime: what one of them has stored or left running counts in no other. */

import { reset } from "cloudflare:test";
import { afterAll } from "vitest";

afterAll(reset);
