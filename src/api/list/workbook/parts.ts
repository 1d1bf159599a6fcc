/** The parts of a workbook, which is a zip file, as text. What comes out is bounded, whatever the file says of its size. */

import { Unzip, UnzipInflate } from "fflate";
import { Unreadable } from "../unreadable.ts";

/** Of all parts that are read. A list of 5,000 people with 50 columns takes half of it. */
const MAX_UNPACKED_BYTES = 16 * 1_024 * 1_024;
/** What goes in at once: a thousandfold of it may come out. */
const SLICE_BYTES = 4 * 1_024;
/** A workbook has a few dozen. */
const MAX_PARTS = 2_000;

export const DAMAGED = "is damaged, or no workbook: save it again as .xlsx or CSV";
const TOO_LARGE = `is larger than ${MAX_UNPACKED_BYTES / 1_024 / 1_024} MiB when it is unpacked: split it, or save it as CSV`;

/** By their names without the first slash, in lower case: some programs write them otherwise. */
export type Parts = ReadonlyMap<string, string>;

export const partName = (name: string): string => name.replaceAll("\\", "/").replace(/^\//, "").toLowerCase();

/** Each reading of parts has what earlier ones have left of the limit. Throws `Unreadable`. */
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
      // Whatever the library says of it, also of what was thrown above, which it catches.
      throw new Unreadable(this.#left < 0 ? TOO_LARGE : DAMAGED, { cause: error });
    }
    return parts;
  }
}
