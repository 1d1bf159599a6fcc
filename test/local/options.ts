/** The options of a command. */

import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/** The values of these options. An unknown word ends the command with status 2 and one sentence. */
export function optionsOf<const T extends Options>(options: T): Values<T> {
  try {
    return parseArgs<{ options: T }>({ options }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(". ");
    console.error(`${sentence}. --help lists the options.`);
    process.exit(2);
  }
}
