/** The Worker's variables as a file for `wrangler dev --env-file`: secrets must not show in the list of processes. */

import { StartFailure } from "./start-failure.ts";

const QUOTES = ["'", '"', "`"] as const;

/** wrangler reads the file with dotenv, which has no escapes but for `$`, so each value gets a quote it does not contain. */
function line(name: string, value: string): string {
  const quote = QUOTES.find((one) => !value.includes(one));
  if (quote === undefined || /[\r\n]/.test(value)) {
    throw new StartFailure(`${name} must be one line, without all three of the quotes ' " and \`.`);
  }
  return `${name}=${quote}${value.replaceAll("$", "\\$")}${quote}`;
}

export const variablesFile = (variables: Readonly<Record<string, string | null>>): string =>
  Object.entries(variables)
    .flatMap(([name, value]) => (value === null ? [] : [`${line(name, value)}\n`]))
    .join("");
