/** All texts of the controls that pages share. Pure. */

export const WORDS = {
  notNow: "Not now",
  close: "Close",
  closeTitle: "Close it?",
  stay: "Stay here",
  leave: "Close it",
  loss: "What you entered here is lost then.",
  copy: "Copy",
  copied: "Copied",
  noClipboard: "Select it and copy it",
  request: (id: string) => `Request ${id}`,
  starts: (at: string) => `starts ${at}`,
  until: (at: string) => `until ${at}`,
} as const;

export const NOT_LOADED = {
  title: "This part of the page could not be loaded",
  about: "Check your connection. There may be a newer page.",
  again: "Load the page again",
} as const;

export const EXPORT = {
  button: "Export",
  title: "Export as CSV",
  action: "Export",
  rows: "Rows",
  separator: "Separator",
  hint: "Excel in most of Europe expects a semicolon.",
  separators: { comma: "Comma", semicolon: "Semicolon", tab: "Tab", pipe: "Pipe" },
} as const;
