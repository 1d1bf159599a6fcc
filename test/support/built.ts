/** Once for all test files: the Worker and the page, before a runtime starts. wrangler's settings name the page's directory. */

import { createRequire } from "node:module";

/** Loaded by Node itself: Vite would first transform wrangler and all else that builds, which takes ten times as long. */
const { built }: typeof import("../local/built.ts") = createRequire(import.meta.url)("../local/built.ts");

export default async function setup(): Promise<void> {
  await built();
}
