/** What others say of an error, as far as it is kept: each of thousands of people may be shown one. */

export const MAX_SAID_CHARACTERS = 500;

export const saidAtMost = (text: string): string =>
  text.length <= MAX_SAID_CHARACTERS ? text : `${text.slice(0, MAX_SAID_CHARACTERS - 1).toWellFormed()}…`;
