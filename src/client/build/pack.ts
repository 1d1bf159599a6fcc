/** The command `npm run client:pack`: packs the client as `dist/callbatch-<version>.tgz`. */

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { packClient } from "./package.ts";

const DIST = fileURLToPath(new URL("../../../dist/client/", import.meta.url));

await mkdir(DIST, { recursive: true });
console.log(await packClient(DIST));
