/** The parts of a workbook, which is a zip file, as text. The unpacked size is limited, whatever the file claims. */

import { Unzip, UnzipInflate } from "fflate";
import { Unreadable } from "../unreadable.ts";

/** For all parts that are read. A list of 5,000 recipients with 50 columns takes half of it. */
const MAX_UNPACKED_BYTES = 16 * 1_024 * 1_024;
/** Unpacked in slices: each may expand a thousandfold. */
const SLICE_BYTES = 4 * 1_024;
/** A workbook has a few dozen. */
const MAX_PARTS = 2_000;

export const DAMAGED = "is damaged, or not a workbook: save it again as .xlsx or CSV";
const TOO_LARGE = `is larger than ${MAX_UNPACKED_BYTES / 1_024 / 1_024} MiB unpacked: split it, or save it as CSV`;

/** By lower-case name without the leading slash: some programs write them differently. */
export type Parts = ReadonlyMap<string, string>;

export const partName = (name: string): string => name.replaceAll("\\", "/").replace(/^\//, "").toLowerCase();

/** All readings of parts share one limit. Throws `Unreadable`. */
export class PartReader {
  readonly #bytes: Uint8Array;
  #left = MAX_UNPACKED_BYTES;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(isWanted: (name: string) => boolean): Parts {
    const parts = new Map<string, string>();
    let found = 0;
    const unzip = new Unzip((file) => {
      found += 1;
      if (found > MAX_PARTS) throw new Error("too many parts");
      const name = partName(file.name);
      if (!isWanted(name)) return;
      const decoder = new TextDecoder("utf-8");
      let text = "";
      file.ondata = (error, data, isLast) => {
        if (error !== null) throw error;
        this.#left -= data.length;
        if (this.#left < 0) throw new Error("the rest is not unpacked");
        text += decoder.decode(data, { stream: !isLast });
        if (isLast) parts.set(name, text);
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    try {
      for (let at = 0; at < this.#bytes.length; at += SLICE_BYTES) {
        const end = at + SLICE_BYTES;
        unzip.push(this.#bytes.subarray(at, end), end >= this.#bytes.length);
      }
    } catch (error) {
      // The library also catches what was thrown above, so its own message is ignored.
      throw new Unreadable(this.#left < 0 ? TOO_LARGE : DAMAGED, { cause: error });
    }
    return parts;
  }
}
