/** Words that a reader stumbles over, and what to write instead. */

type Riddle = { readonly pattern: RegExp; readonly instead: string };
const RIDDLES: readonly Riddle[] = [
  { pattern: /\bwho(m|so)ever\b|\bwhoever\b/i, instead: "name who it is: a client, a recipient, the caller" },
  { pattern: /\bwhom\b/i, instead: "begin another sentence" },
  { pattern: /\bof which\b/i, instead: "begin another sentence" },
  { pattern: /\bnobody\b[^.;|]*\bany ?more\b/i, instead: "say what holds: no recipient waits" },
  { pattern: /(?:^|[.!?] )Whose\b/m, instead: "begin with the subject" },
];

export const riddlesIn = (text: string): string[] =>
  RIDDLES.flatMap(({ pattern, instead }) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`"${found[0].trim()}": ${instead}`];
  });
