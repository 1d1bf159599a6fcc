/** Every text of the page of a person. Pure. */

export const WORDS = {
  title: "People",
  about: "Find one person in all batches: every call, what holds a call back, and the do-not-call list.",
  search: "Number or your ID",
  hint: "+14155550123 or your ID",
  find: "Find",
  nobody: "Nobody found",
  nobodyAbout: "Type the whole number with + and country code, or your own ID exactly.",
  places: "Batches and calls",
  direct: "Direct call",
  notCalled: "Not called.",
  notBefore: (at: string) => `Not before ${at}.`,
  list: "Do-not-call list",
  neverListed: "Never on the list.",
  noReason: "No reason given",
  askedInCall: "Asked for in a call",
  never: "Never call again",
  listed: "On the do-not-call list",
  erase: "Erase",
  eraseAction: "Erase 1 person",
  eraseAbout:
    "Erases the number, metadata, notes and recording links in every batch, direct call and webhook. A waiting person is not called. This cannot be undone.",
  eraseStays:
    "How many calls there were, when, and how they ended stays in the reports. A do-not-call entry stays, without the number.",
  eraseSure: "I understand that this cannot be undone",
  erased: "The person is erased.",
  erasing: "The person is being erased. A call in progress ends first.",
  more: "Show more",
} as const;

export const eraseTitle = (who: string): string => `Erase ${who} everywhere?`;
export const addedWords = (when: string, who: string): string => `Added ${when} by ${who}`;
export const removedWords = (when: string, who: string): string => `Taken off ${when} by ${who}`;
export const nowListed = (who: string): string => `${who} is on the do-not-call list.`;
