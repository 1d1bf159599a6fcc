/** Once for all test files: the Worker and the page, before a runtime starts. wrangler's settings name the page's directory. */

import { built } from "../local/built.ts";

export default async function setup(): Promise<void> {
  await built();
}
