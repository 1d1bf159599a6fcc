/** Receives an export of the organization, which is one file or several, and looks into it while it comes. */

/** `name`: without an ending. `goesOn`: where the next file begins; null: this is the last one. */
export type ExportedFile = { readonly file: Blob; readonly name: string; readonly goesOn: string | null };
export type Received = { readonly entries: number; readonly bytes: number };
type Manifest = { readonly organization_id: string; readonly exported_at: string; readonly goes_on: string | null };

const MANIFEST = "manifest.json";
const TYPE = "application/gzip";

type Bytes = Uint8Array<ArrayBuffer>;

/** Throws if the file breaks off. `onReceived` is called with each entry. */
export async function receiveExport(
  stream: ReadableStream<Uint8Array>,
  onReceived: (received: Received) => void,
): Promise<ExportedFile> {
  const [kept, looked] = (stream as ReadableStream<Bytes>).tee();
  const received = { entries: 0, bytes: 0 };
  const counted = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      received.bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  const unpacked = looked.pipeThrough(counted).pipeThrough(new DecompressionStream("gzip"));
  const found = manifestIn(unpacked as ReadableStream<Bytes>, () => {
    received.entries += 1;
    onReceived({ ...received });
  });
  // Both are read at once: neither may wait for the other.
  const [file, text] = await Promise.all([new Response(kept).blob(), found]);
  if (text === null) throw new TypeError("the export has no manifest");
  const manifest = JSON.parse(text) as Manifest;
  const name = `${manifest.organization_id}-${manifest.exported_at.slice(0, 10)}`;
  return { file: new Blob([file], { type: TYPE }), name, goesOn: manifest.goes_on };
}

/** Of a tar: a header, then the entry, each in whole blocks (POSIX, "pax", "ustar Interchange Format"). */
const BLOCK = 512;
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;

/** Reads to the end. (A library that reads all of tar would be as large as a whole page.) */
async function manifestIn(tar: ReadableStream<Bytes>, onEntry: () => void): Promise<string | null> {
  const reader = tar.getReader();
  let ahead: Bytes = new Uint8Array();
  /** The next bytes; fewer at the end. */
  const take = async (length: number): Promise<Bytes> => {
    const taken: Bytes[] = [];
    for (let missing = length; missing > 0; ) {
      if (ahead.length === 0) {
        const next = await reader.read();
        if (next.done) break;
        ahead = next.value;
      }
      const part = ahead.subarray(0, missing);
      taken.push(part);
      missing -= part.length;
      ahead = ahead.subarray(part.length);
    }
    return new Uint8Array(await new Blob(taken).arrayBuffer());
  };
  const textOf = (bytes: Bytes): string => new TextDecoder().decode(bytes);
  let manifest: string | null = null;
  for (let header = await take(BLOCK); header.length === BLOCK; header = await take(BLOCK)) {
    const [name = ""] = textOf(header.subarray(...NAME)).split("\0");
    // Empty blocks end it.
    if (name === "") continue;
    const size = Number.parseInt(textOf(header.subarray(...SIZE)), 8);
    const content = await take(Math.ceil(size / BLOCK) * BLOCK);
    if (name === MANIFEST) manifest = textOf(content.subarray(0, size));
    onEntry();
  }
  return manifest;
}
