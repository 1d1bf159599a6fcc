/** A price list as lines that people write, or paste from a carrier's file: destination, price, increments, fee. Pure. */

import type { PriceList, SetPrices } from "../../../client/client.ts";

type Rate = SetPrices["rates"][number];
export type Lines = {
  readonly rates: readonly Rate[];
  /** On which line each of them stands, counted from 1. */
  readonly places: readonly number[];
  /** The first line that is no price, counted from 1; null: all are. */
  readonly wrongLine: number | null;
};

/** In a file with decimal commas another separator stands between cells. */
const SEPARATORS = ["\t", ";", "|", ","] as const;
const PRICE = /^\d+(?:\.\d+)?$/;

const cellsOf = (line: string): string[] => {
  const separator = SEPARATORS.find((one) => line.includes(one)) ?? ",";
  const cells = line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return separator === "," ? cells : cells.map((cell) => cell.replace(/^(\d+),(\d+)$/, "$1.$2"));
};

/** "de-mobile" is "DE mobile", and a carrier's prefix "49" the calling code "+49". */
function destinationOf(text: string): string {
  if (/^\d+$/.test(text)) return `+${text}`;
  const country = /^([a-z]{2})(?:[\s_-]+(mobile))?$/i.exec(text);
  return country === null ? text : `${country[1]?.toUpperCase()}${country[2] === undefined ? "" : " mobile"}`;
}

/** A first line without a price is the header. */
export function linesOf(text: string): Lines {
  const rates: Rate[] = [];
  const places: number[] = [];
  let isFirst = true;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [destination = "", price = "", increments = "", fee = ""] = cellsOf(line);
    if (!PRICE.test(price)) {
      if (!isFirst) return { rates, places, wrongLine: at + 1 };
    } else {
      places.push(at + 1);
      rates.push({
        destination: destinationOf(destination),
        per_minute: price,
        ...(increments === "" ? {} : { increments: increments as NonNullable<Rate["increments"]> }),
        ...(fee === "" ? {} : { connection_fee: fee }),
      });
    }
    isFirst = false;
  }
  return { rates, places, wrongLine: null };
}

/** As it is edited: what is usual is left out. */
export const textOf = ({ rates }: Pick<PriceList, "rates">): string =>
  rates
    .map(({ destination, per_minute, increments, connection_fee: fee }) => {
      const more = fee !== "0" ? [increments, fee] : increments !== "60/60" ? [increments] : [];
      return [destination, per_minute, ...more].join(", ");
    })
    .join("\n");
