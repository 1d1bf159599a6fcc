/** The comments of a source file, as text without their marks. */

/** SQL has a tag in the form of a comment, and a glob may begin one. */
const COMMENT = /(?<=^|\s|\{)\/\*\*?(?!sql\*)[\s\S]*?\*\/|(?:^|(?<=[ \t]))\/\/ [^\n]*(?:\n[ \t]*\/\/[^\n]*)*/gm;
/** Diagrams and code in a comment are indented. */
const INDENTED = /^ {2,}\S.*$/gm;

export type Comment = { readonly text: string; readonly line: number };

export function commentsOf(source: string): Comment[] {
  return [...source.matchAll(COMMENT)]
    .map(({ 0: comment, index }) => ({
      text: comment
        .replace(/^\/\*\*?|\*\/$/g, "")
        .replace(/^[ \t]*(?:\/\/|\*(?!\*)) ?/gm, "")
        .replace(INDENTED, ""),
      line: source.slice(0, index).split("\n").length,
    }))
    .filter(({ text }) => !text.includes("biome-ignore"));
}
