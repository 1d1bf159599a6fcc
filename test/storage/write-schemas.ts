/** The command `npm run schema`: writes each `schema.sql` anew from its migrations. */

import { writeFile } from "node:fs/promises";
import { SCHEMAS, schemaText, urlOf } from "./schema.ts";

for (const [file, steps] of SCHEMAS) await writeFile(urlOf(file), await schemaText(file, steps));
