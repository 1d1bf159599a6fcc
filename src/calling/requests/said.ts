/** The longest part to keep of an error message from others: it may be shown for each of thousands of recipients. */

export const MAX_SAID_CHARACTERS = 500;

export const saidAtMost = (text: string): string =>
  text.length <= MAX_SAID_CHARACTERS ? text : `${text.slice(0, MAX_SAID_CHARACTERS - 1).toWellFormed()}…`;
