/** Every text of a provider's prices. */

export const WORDS = {
  action: "Prices",
  title: (provider: string) => `Prices of ${provider}`,
  about: "Reports price each call by the list of its day. You can add lists for past days.",
  none: "This provider has no prices yet.",
  list: "Price list",
  add: "New price list",
  from: "Valid from",
  fromHint: "Until the next list begins.",
  currency: "Currency",
  lines: "Prices a minute",
  linesHint:
    "One price on each line: destination, price, and optionally increments and a fee for each call. Destinations: DE, DE mobile, +49, or * for all others. Increments: 1/1, 6/6, 30/6, 60/1, 60/60.",
  wrongLine: (line: number) => `Line ${line} has no price. Write a destination and a price: DE mobile, 0.05.`,
  line: (line: number) => `Line ${line}`,
  save: "Save",
  saved: (provider: string) => `The prices of ${provider} are saved.`,
  taken: "Another list begins on that day",
  replace: "Replace list",
  replaceTitle: (from: string) => `Replace the list from ${from}?`,
  replaceAbout: "It is deleted for good.",
  remove: "Delete list",
  removeTitle: "Delete this price list?",
  removeAbout: (from: string, isOldest: boolean) =>
    `The list from ${from} is deleted for good. ${
      isOldest ? "Its calls then have no price." : "Its calls then take the prices of the list before it."
    }`,
  removed: "The price list is deleted.",
} as const;

export const EXAMPLE = "DE, 0.012\nDE mobile, 0.05, 1/1\n+1, 0.014, 60/60, 0.002\n*, 0.30";
