/** What a list may be, so that what is read of a hostile one is bounded before it is in memory. */

import { MAX_RECIPIENTS } from "../../calling/requests/limits.ts";

/** Far more than a person fills, and as many as an export has for metadata; a row becomes as many values. */
export const MAX_COLUMNS = 200;
/** Above the first recipient: a title, a line of names. */
export const MAX_ROWS_ABOVE = 20;
/** Values of all rows together: a hundred columns for as many people as a batch may have, as of a JSON body. */
export const MAX_CELLS = (MAX_RECIPIENTS + MAX_ROWS_ABOVE) * 100;
/** Rows without a value that are passed over. Spreadsheets leave thousands behind, and a hostile file millions. */
export const MAX_EMPTY_ROWS = 20_000;
/** The columns that a spreadsheet has: so many separators may end a row without a value between them. */
export const MAX_EMPTY_COLUMNS = 16_384;
/** Twice what a spreadsheet's cell holds, and more than a recipient's metadata may have. */
export const MAX_CELL_CHARACTERS = 65_536;
