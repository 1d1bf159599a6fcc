/** Guesses the separator of a text list by its first rows. Pure. */

import { SEPARATORS, type Separator } from "../../calling/csv/lines.ts";
import { isNumberName } from "./names.ts";
import { isLikeNumber } from "./number-like.ts";
import { type Row, rowsOf } from "./rows.ts";
import { Unreadable } from "./unreadable.ts";

export type Shape = {
  readonly separator: Separator;
  /** Only numbers with separators between them: each is a recipient. */
  readonly isCellEach: boolean;
};

const LOOKED_AT = 20;
const CHARACTERS_LOOKED_AT = 1_000;

function firstRows(text: string, separator: Separator): Row[] {
  const rows: Row[] = [];
  try {
    for (const row of rowsOf([text], separator)) if (rows.push(row) === LOOKED_AT) break;
  } catch (error) {
    // One row with more columns than a list may have is looked at as far as it goes.
    if (!(error instanceof Unreadable)) throw error;
    rows.push({ line: 0, cells: text.slice(0, CHARACTERS_LOOKED_AT).split(separator), fault: null });
  }
  return rows;
}

const widthOf = ({ cells }: Row): number => cells.length;

/** The width that most rows have; of several, the smallest. */
export function usualWidth(widths: readonly number[]): number {
  const times = new Map<number, number>();
  for (const width of widths) times.set(width, (times.get(width) ?? 0) + 1);
  return [...times].sort(([a, many], [b, more]) => more - many || a - b)[0]?.[0] ?? 0;
}

/** Compared element by element; larger is better. */
function meritOf(rows: readonly Row[]): readonly number[] {
  const usual = usualWidth(rows.map(widthOf));
  const names = rows.slice(0, 3).filter(({ cells }) => cells.some(isNumberName)).length;
  return [
    rows.filter(({ cells }) => cells.some(isLikeNumber)).length,
    Math.min(1, names),
    usual > 1 ? rows.filter((row) => widthOf(row) === usual).length : 0,
    usual,
  ];
}

const compared = (a: readonly number[], b: readonly number[]): number =>
  a.map((figure, index) => figure - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** `text`: the list, or only its beginning if not `isWhole`. */
export function shapeOf(text: string, isWhole: boolean): Shape {
  const tried = SEPARATORS.map((separator) => ({ separator, rows: firstRows(text, separator) }));
  const best = tried.reduce((before, one) => (compared(meritOf(one.rows), meritOf(before.rows)) > 0 ? one : before));
  return { separator: best.separator, isCellEach: isNumbersAlone(text, best.separator, isWhole) };
}

/** In one row, or in rows of different lengths. Rows of equal length may be several numbers of one person. */
function isNumbersAlone(text: string, separator: Separator, isWhole: boolean): boolean {
  const rows = text
    .split(/[\r\n]+/, LOOKED_AT)
    .map((row) => row.split(separator))
    .filter((cells) => cells.some((cell) => cell.trim() !== ""));
  // The last cell may be cut off.
  if (!isWhole) rows.at(-1)?.pop();
  const isNumbers = rows.every((cells) => cells.every((cell) => cell.trim() === "" || isLikeNumber(cell)));
  if (!isNumbers || !rows.some((cells) => cells.length > 1)) return false;
  return rows.length === 1 || new Set(rows.map(({ length }) => length)).size > 1;
}
