/** Gzip by the host's own zlib, several times faster than the portable reader of the formats. */
import { gunzip } from "node:zlib";
import { isGzip } from "../../src/formats/compression.ts";

/** One buffer of some runtimes holds no more; a larger text is refused by the reader. */
const MAX_BYTES = 1.9 * 2 ** 30;

/** What zlib gives with `info`, which its types do not say. */
interface Unpacked {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/**
 * The uncompressed bytes of a sound gzip file. Anything else, damaged files too, comes back as it
 * is: the reader of the format says what is wrong with it, in the same words everywhere.
 */
export function unpackGzip(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isGzip(bytes)) return Promise.resolve(bytes);
  return new Promise((resolve) => {
    gunzip(bytes, { info: true, maxOutputLength: MAX_BYTES }, (error, result: unknown) => {
      if (error !== null) {
        resolve(bytes);
        return;
      }
      const { buffer, engine } = result as Unpacked;
      // zlib passes over what follows the last member; the reader does not.
      resolve(engine.bytesWritten === bytes.length ? buffer : bytes);
    });
  });
}
