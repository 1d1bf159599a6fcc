/** Servers that may be installed on this machine. */

import { access, constants, glob } from "node:fs/promises";
import { connect } from "node:net";
import { delimiter, join } from "node:path";

/** On the path, or in one of the directories, which may have wildcards; null if it is not installed. */
export async function findProgram(name: string, directories: readonly string[] = []): Promise<string | null> {
  const onPath = (process.env.PATH ?? "").split(delimiter).map((directory) => join(directory, name));
  for (const path of onPath) if (await isExecutable(path)) return path;
  for (const directory of directories) {
    for await (const path of glob(join(directory, name))) if (await isExecutable(path)) return path;
  }
  return null;
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

export const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
