/** The command `npm run client:types`: writes the list of operations, then the client's types to `api.ts`. */

import { writeFile } from "node:fs/promises";
import { LIST, operationsList } from "./operations.ts";

await writeFile(LIST, await operationsList());
// It reads the list.
const { clientApi } = await import("./generate.ts");
await writeFile(new URL("../api.ts", import.meta.url), await clientApi());
