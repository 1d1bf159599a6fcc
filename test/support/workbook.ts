/** A workbook as a spreadsheet writes it, as small as it can be. */

import { strToU8, zipSync } from "fflate";

/** Text; a number as it stands in the file, with a format; or what stands between the tags of a cell. */
export type Cell = string | { readonly value: string; readonly format?: number } | { readonly xml: string } | null;
export type Sheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[]; readonly isHidden?: boolean };

/** Codes of formats beyond those that have a number of their own; the first is 164. */
const FIRST_CODE = 164;

type Options = {
  readonly formats?: readonly string[];
  readonly since1904?: boolean;
  readonly extra?: Record<string, string>;
};

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const letterOf = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letterOf(Math.floor(column / 26) - 1) + letterOf(column % 26);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = (all: readonly (readonly [id: string, kind: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${RELATED}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`;

export function workbookOf(
  sheets: readonly Sheet[],
  { formats = [], since1904 = false, extra = {} }: Options = {},
): Uint8Array {
  const strings: string[] = [];
  const styles: number[] = [0];
  const styleOf = (format: number): number => {
    if (!styles.includes(format)) styles.push(format);
    return styles.indexOf(format);
  };
  const cellOf = (cell: Cell, reference: string): string => {
    if (cell === null) return "";
    if (typeof cell === "string") {
      strings.push(cell);
      return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`;
    }
    if ("xml" in cell) return cell.xml.replace("<c", `<c r="${reference}"`);
    return `<c r="${reference}" s="${styleOf(cell.format ?? 0)}"><v>${cell.value}</v></c>`;
  };
  const sheetOf = ({ rows }: Sheet): string =>
    `${HEAD}<worksheet ${MAIN}><sheetData>${rows
      .map((cells, row) => {
        const inRow = cells.map((cell, column) => cellOf(cell, `${letterOf(column)}${row + 1}`)).join("");
        return `<row r="${row + 1}">${inRow}</row>`;
      })
      .join("")}</sheetData></worksheet>`;
  const files: Record<string, string> = {
    "_rels/.rels": relations([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${HEAD}<workbook ${MAIN} xmlns:r="${RELATED}"><workbookPr${since1904 ? ' date1904="1"' : ""}/><sheets>${sheets
      .map(
        ({ name, isHidden }, index) =>
          `<sheet name="${escaped(name)}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ""} r:id="rId${index + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map((_, index) => [`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`] as const),
      ["rId98", "styles", "styles.xml"],
      ["rId99", "sharedStrings", "/xl/sharedStrings.xml"],
    ]),
  };
  for (const [index, sheet] of sheets.entries()) files[`xl/worksheets/sheet${index + 1}.xml`] = sheetOf(sheet);
  files["xl/sharedStrings.xml"] =
    `${HEAD}<sst ${MAIN}>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join("")}</sst>`;
  files["xl/styles.xml"] = `${HEAD}<styleSheet ${MAIN}><numFmts>${formats
    .map((code, index) => `<numFmt numFmtId="${FIRST_CODE + index}" formatCode="${escaped(code)}"/>`)
    .join(
      "",
    )}</numFmts><cellXfs>${styles.map((format) => `<xf numFmtId="${format}"/>`).join("")}</cellXfs></styleSheet>`;
  return zipSync(
    Object.fromEntries(Object.entries({ ...files, ...extra }).map(([name, text]) => [name, strToU8(text)])),
  );
}
