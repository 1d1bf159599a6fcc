/** The command `npm run client:types`: writes the client's types to `api.ts`. */

import { writeFile } from "node:fs/promises";
import { clientApi } from "./generate.ts";

await writeFile(new URL("../api.ts", import.meta.url), await clientApi());
