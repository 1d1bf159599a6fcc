/** wrangler's settings name the directory of the page, so it has to be there before the Worker starts. */

import { buildPage } from "../../src/page/page-files.ts";

export default async function setup(): Promise<void> {
  await buildPage();
}
