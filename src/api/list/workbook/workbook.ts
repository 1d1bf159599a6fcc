/**
 * One sheet of a workbook (.xlsx: Office Open XML, ECMA-376) as a table. Loaded only for a workbook, because of the
 * code that unpacks it.
 */

import { MAX_ROWS_ABOVE } from "../limits.ts";
import type { Table, TableOptions } from "../table.ts";
import { Unreadable } from "../unreadable.ts";
import { formatOf, type NumberFormat, unescapedText } from "./cell-text.ts";
import { DAMAGED, PartReader, type Parts, partName } from "./parts.ts";
import { rowsOfSheet } from "./sheet.ts";
import { visitXml } from "./xml.ts";

/** Where most programs write them; the .rels files name a workbook's parts. */
const HEAD = /(?:^|\/)(?:\[content_types\]\.xml|[^/]*\.rels|workbook\d*\.xml|styles\d*\.xml|sharedstrings\d*\.xml)$/;
/** More sheets than people make. An error message lists the names. */
const MAX_SHEETS = 1_000;

type Sheet = { readonly name: string; readonly relation: string; readonly isHidden: boolean };

function bookOf(xml: string): { readonly sheets: readonly Sheet[]; readonly since: 1900 | 1904 } {
  const sheets: Sheet[] = [];
  let since: 1900 | 1904 = 1900;
  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "workbookPr" && /^(?:1|true)$/.test(attributes().date1904 ?? "")) since = 1904;
      if (name !== "sheet") return undefined;
      const given = attributes();
      const relation = Object.entries(given).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      sheets.push({ name: given.name ?? "", relation, isHidden: (given.state ?? "visible") !== "visible" });
      return sheets.length === MAX_SHEETS ? "stop" : undefined;
    },
  });
  return { sheets, since };
}

/** The target of each relation of a part, by its id, as a part's name. */
function relationsOf(
  parts: Parts,
  part: string,
): ReadonlyMap<string, { readonly type: string; readonly part: string }> {
  const folder = part.includes("/") ? part.slice(0, part.lastIndexOf("/") + 1) : "";
  const found = new Map<string, { type: string; part: string }>();
  visitXml(parts.get(`${folder}_rels/${part.slice(folder.length)}.rels`) ?? "<none/>", {
    open: (name, attributes) => {
      if (name !== "Relationship") return undefined;
      const { Id = "", Type = "", Target = "" } = attributes();
      const target = new URL(Target, `file:///${folder}`).pathname;
      found.set(Id, { type: Type.slice(Type.lastIndexOf("/") + 1), part: partName(decodeURI(target)) });
      return undefined;
    },
  });
  return found;
}

/** All parts of formatted text, without pronunciations. */
function stringsOf(xml: string): string[] {
  const strings: string[] = [];
  let text: string | null = null;
  let isText = false;
  let isPronunciation = false;
  visitXml(xml, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") isPronunciation = true;
      isText = name === "t" && !isPronunciation;
      return undefined;
    },
    text: (found) => {
      if (isText && text !== null) text += found;
    },
    close: (name) => {
      isText = false;
      if (name === "rPh") isPronunciation = false;
      else if (name === "si" && text !== null) strings.push(unescapedText(text));
      return undefined;
    },
  });
  return strings;
}

function formatsOf(xml: string): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isOfCells = false;
  visitXml(xml, {
    open: (name, attributes) => {
      if (name === "numFmt") {
        const { numFmtId, formatCode = "" } = attributes();
        codes.set(Number(numFmtId), formatCode);
      } else if (name === "cellXfs") isOfCells = true;
      else if (name === "xf" && isOfCells) {
        const id = Number(attributes().numFmtId ?? 0);
        formats.push(formatOf(id, codes.get(id) ?? null));
      }
      return undefined;
    },
    close: (name) => (name === "cellXfs" ? "stop" : undefined),
  });
  return formats;
}

function chosen(sheets: readonly Sheet[], name: string | null): Sheet {
  const visible = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const found = name === null ? visible : sheets.find((sheet) => sheet.name.trim() === name.trim());
  if (found !== undefined) return found;
  if (name === null) throw new Unreadable("has no sheet");
  const names = sheets.slice(0, 20).map((sheet) => sheet.name);
  throw new Unreadable(`has no sheet ${name}; its sheets are ${names.join(", ")}`);
}

/** Throws `Unreadable`. */
export function workbookTable(bytes: Uint8Array, { most, sheet: wanted }: TableOptions): Table {
  const reader = new PartReader(bytes);
  const parts = reader.read((name) => HEAD.test(name));
  const main =
    [...relationsOf(parts, "").values()].find(({ type }) => type === "officeDocument")?.part ?? "xl/workbook.xml";
  const xml = parts.get(main);
  if (xml === undefined)
    throw new Unreadable(parts.size === 0 ? "is a zip file but not a workbook: unpack it" : DAMAGED);
  const { sheets, since } = bookOf(xml);
  const sheet = chosen(sheets, wanted);
  const relations = relationsOf(parts, main);
  const ofKind = (kind: string) => [...relations.values()].find(({ type }) => type === kind)?.part;
  const path = relations.get(sheet.relation)?.part;
  if (path === undefined) throw new Unreadable(DAMAGED);
  const content = reader.read((name) => name === path).get(path);
  if (content === undefined) throw new Unreadable(DAMAGED);
  const strings = parts.get(ofKind("sharedStrings") ?? "");
  const styles = parts.get(ofKind("styles") ?? "");
  const book = {
    strings: strings === undefined ? [] : stringsOf(strings),
    formats: styles === undefined ? [] : formatsOf(styles),
    since,
  };
  const { rows, isCut } = rowsOfSheet(content, book, most + MAX_ROWS_ABOVE);
  return { rows, isCut, format: { kind: "workbook", sheet: sheet.name, sheets: sheets.map(({ name }) => name) } };
}
