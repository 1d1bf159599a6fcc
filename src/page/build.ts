/** The command `npm run page`: builds the pages. */

import { buildPage } from "./page-files.ts";

await buildPage();
