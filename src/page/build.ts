/** The command `npm run page`. */

import { buildPage } from "./page-files.ts";

await buildPage();
