/**
 * Files as one compressed archive (tar, gzip), written while it is sent and no faster than the client reads. Its manifest
 * comes last. If anything fails, the stream breaks off, so that half an export never looks complete.
 */

import { createTarPacker } from "modern-tar";
import { sha256 } from "../../calling/secrets/digest.ts";

export type ExportedFile = { readonly name: string; readonly lines: number; readonly text: string };
/** `goesOn`: where an export goes on that ends with this file. */
export type Step = { readonly file: ExportedFile; readonly goesOn: string };
export type FileInManifest = Omit<ExportedFile, "text"> & { readonly bytes: number; readonly sha256: string };
type Manifest = (files: readonly FileInManifest[], goesOn: string | null) => object;

/**
 * Each costs a message to an object or two, and a request may send 10,000 (Workers, "Limits"). What is left is for the next
 * export.
 */
export const STEPS_AT_MOST = 4_000;

/** `first`: the first step, which is taken already. */
export function tarOf(
  first: IteratorResult<Step>,
  rest: AsyncGenerator<Step>,
  manifest: Manifest,
  stepsAtMost = STEPS_AT_MOST,
): ReadableStream<Uint8Array> {
  const { readable, controller } = createTarPacker();
  const add = async (name: string, bytes: Uint8Array): Promise<void> => {
    const writer = controller.add({ name, size: bytes.length, mtime: new Date() }).getWriter();
    await writer.write(bytes);
    await writer.close();
  };
  const write = async (): Promise<void> => {
    const files: FileInManifest[] = [];
    let goesOn: string | null = null;
    for (let step = first; step.done !== true; step = await rest.next()) {
      const { name, lines, text } = step.value.file;
      const bytes = new TextEncoder().encode(text);
      await add(name, bytes);
      files.push({ name, lines, bytes: bytes.length, sha256: await sha256(bytes) });
      if (files.length < stepsAtMost) continue;
      goesOn = step.value.goesOn;
      break;
    }
    await add("manifest.json", new TextEncoder().encode(`${JSON.stringify(manifest(files, goesOn), null, 2)}\n`));
    controller.finalize();
  };
  // Also if the client is gone.
  write().catch((error) => controller.error(error));
  return readable.pipeThrough(new CompressionStream("gzip"));
}
