/**
 * Numbers without a country code, in JSON and in files, read by the request's default country. Also lists those whose
 * reading the sender should check. Pure.
 */

import type { CountryCode } from "libphonenumber-js/max";
import { type OtherCountry, readPhoneNumber, strictly } from "../../calling/numbers/written-number.ts";
import { ok, type Result } from "../../calling/requests/result.ts";
import { countryFields } from "../requests/country.ts";

/** `country`: for numbers without a country code; null: each must have one. */
export type CountryRule = { readonly country: CountryCode | null; readonly isStrict: boolean };

/** `otherwise`: null if the number has its own country's code and no +. */
export type CountryReading = {
  readonly index: number;
  readonly written: string;
  readonly number: string;
  readonly otherwise: OtherCountry | null;
};

export class NumberReader {
  readonly #rule: CountryRule;
  readonly readings: CountryReading[] = [];
  /** By the recipient's index: what to change about its number. */
  readonly faults = new Map<number, string>();

  constructor(rule: CountryRule) {
    this.#rule = rule;
  }

  /** The number in E.164. If it cannot be used: the text unchanged, and a fault. */
  read(written: string, index: number): string {
    const read = readPhoneNumber(written, this.#rule.country);
    const strict = read.ok && this.#rule.isStrict ? strictly(read.value) : read;
    if (!strict.ok) {
      this.faults.set(index, strict.failure.message);
      return written;
    }
    const { number, otherwise, hasBareCode } = strict.value;
    if (otherwise !== null || hasBareCode) this.readings.push({ index, written, number, otherwise });
    return number;
  }
}

/** For the numbers of a JSON body; null if it names no country, or an unknown one. */
export function numberReaderOf(body: object): NumberReader | null {
  const fields = countryFields.safeParse(body);
  if (!fields.success || fields.data.default_country === null) return null;
  return new NumberReader({ country: fields.data.default_country, isStrict: fields.data.strict_country === true });
}

/** A recipient of a JSON body with its number read, if it has one. */
export const withNumberRead = (recipient: unknown, index: number, reader: NumberReader): unknown =>
  typeof recipient === "object" &&
  recipient !== null &&
  "to_number" in recipient &&
  typeof recipient.to_number === "string"
    ? { ...recipient, to_number: reader.read(recipient.to_number, index) }
    : recipient;

/** From a form's fields. Undefined for an unknown country. */
export function countryRuleOf(
  defaultCountry: string,
  strictCountry: string,
): Result<CountryRule, "default_country" | "strict_country"> {
  const country = countryFields.shape.default_country.safeParse(defaultCountry.trim() || null);
  if (!country.success) return { ok: false, failure: "default_country" };
  const strict = strictCountry.trim().toLowerCase();
  if (!["", "true", "false"].includes(strict)) return { ok: false, failure: "strict_country" };
  return ok({ country: country.data, isStrict: strict === "true" });
}
