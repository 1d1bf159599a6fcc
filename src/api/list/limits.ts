/** The limits of a list, so that a hostile one is stopped before it is in memory. */

import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";

/** Far more than a person fills, and as many metadata columns as an export has. Each cell of a row becomes a value. */
export const MAX_COLUMNS = 200;
/** Rows above the first recipient: a title, a line of names. */
export const MAX_ROWS_ABOVE = 20;
/** Values of all rows together: 100 columns for a full batch, as in a JSON body. */
export const MAX_CELLS = (MAX_RECIPIENTS + MAX_ROWS_ABOVE) * 100;
/** Rows without a value that are skipped. Spreadsheets leave thousands of them, a hostile file millions. */
export const MAX_EMPTY_ROWS = 20_000;
/** As many columns as a spreadsheet has: a row without values may have this many separators. */
export const MAX_EMPTY_COLUMNS = 16_384;
/** Twice what a spreadsheet's cell holds, and more than a recipient's metadata may have. */
export const MAX_CELL_CHARACTERS = 65_536;
