/** Lists the operations, as text, from their files: each exports one. */

import { readdir, readFile } from "node:fs/promises";

const FOLDER = new URL("../../api/operations/", import.meta.url);
export const LIST = new URL("all.ts", FOLDER);

const HEADER =
  "/** Made by `npm run client:types` from the files of this folder. A test fails where it is not up to date. */\n";

export async function operationsList(): Promise<string> {
  const files = (await readdir(FOLDER, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
  const lines = await Promise.all(
    files
      .filter((file) => file.includes("/"))
      .sort()
      .map(async (file) => {
        if (!file.endsWith(".ts")) return [];
        const text = await readFile(new URL(file, FOLDER), "utf8");
        const [, name] = /^export const (\w+) = operation\(/m.exec(text) ?? [];
        return name === undefined ? [] : [`export { ${name} } from "./${file}";`];
      }),
  );
  return `${HEADER}\n${lines.flat().join("\n")}\n`;
}
