/**
 * The value of a spreadsheet's cell as text: whole numbers as digits, dates as ISO 8601. A number that lost digits
 * stays as the spreadsheet shows it, so that it is refused and not dialed. Pure.
 */

/** How a number is shown, if that changes how it is read. */
export type NumberFormat =
  | { readonly kind: "plain" | "date" | "scientific" }
  /** With leading zeros up to this many digits. */
  | { readonly kind: "padded"; readonly digits: number }
  /** With a leading + that is not in the value, as people format phone numbers. */
  | { readonly kind: "plus" };

export const PLAIN: NumberFormat = { kind: "plain" };

/** ECMA-376, part 1, 18.8.30: date formats with a number and no code. */
const isDateId = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
const isScientificId = (id: number): boolean => id === 11 || id === 48;

/** `code`: null for a format known by its number. */
export function formatOf(id: number, code: string | null): NumberFormat {
  if (code === null) return isDateId(id) ? { kind: "date" } : isScientificId(id) ? { kind: "scientific" } : PLAIN;
  const [first = ""] = code.split(";", 1);
  if (/^(?:"\+"|\\\+|\+)[#0 ()\\-]*$/.test(first)) return { kind: "plus" };
  const bare = first.replace(/"[^"]*"|\\.|_./g, "").replace(/\[(?![hms]+\])[^\]]*\]/gi, "");
  if (/^0+$/.test(bare)) return bare.length > 1 ? { kind: "padded", digits: bare.length } : PLAIN;
  if (/[0#]E[+-]?[0#]/i.test(bare)) return { kind: "scientific" };
  return /[ymdhs]/i.test(bare.replace(/general/i, "")) ? { kind: "date" } : PLAIN;
}

const DAY_MS = 86_400_000;
/** Day 0 in each of the two date systems of workbooks. */
const DAY_0 = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
const MAX_DAYS = 2_958_466;

/** ISO 8601, without a zone: spreadsheets have none. */
function dateText(days: number, since: 1900 | 1904): string | null {
  if (!(days >= 0 && days < MAX_DAYS)) return null;
  // The 1900 system has a 29 February 1900, so days before it are one later.
  const counted = since === 1900 && days >= 1 && days < 60 ? days + 1 : days;
  const iso = new Date(DAY_0[since] + Math.round((counted * DAY_MS) / 1_000) * 1_000).toISOString();
  const time = iso.slice(11, 19);
  if (days < 1) return time;
  return time === "00:00:00" ? iso.slice(0, 10) : `${iso.slice(0, 10)}T${time}`;
}

/** The digits that a spreadsheet shows of a long number in a narrow column. Saved in that form, the others are lost. */
const DIGITS_SHOWN = 6;

/** A number that lost its digits earlier: `4.69555E+09`, read back, ends in zeros that were never entered. */
const isShortened = (digits: string): boolean => digits.length > 9 && digits.replace(/0+$/, "").length <= DIGITS_SHOWN;

export function numberText(raw: string, format: NumberFormat, since: 1900 | 1904): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  if (format.kind === "date") return dateText(value, since) ?? raw;
  // A spreadsheet keeps only 15 digits.
  if (!Number.isSafeInteger(value)) return String(Number(value.toPrecision(15)));
  const digits = String(value);
  if (format.kind === "scientific" && isShortened(digits)) return value.toExponential().toUpperCase();
  if (format.kind === "padded") return digits.padStart(format.digits, "0");
  return format.kind === "plus" && value > 0 ? `+${digits}` : digits;
}

/** Characters that XML cannot contain: ECMA-376, part 1, 22.9.2.19. */
export const unescapedText = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
