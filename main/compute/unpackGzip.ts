/** Gzip by the host's own zlib, several times faster than the portable reader of the formats. */
import { gunzip } from "node:zlib";
import { isGzip, unpacksTooLarge } from "../../src/formats/compression.ts";

/** One buffer of some runtimes holds no more. */
const MAX_BYTES = 1.9 * 2 ** 30;

/** What zlib gives with `info`, which its types do not say. */
interface Unpacked {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/**
 * The uncompressed bytes of a sound gzip file. Anything else, damaged files too, comes back as it
 * is: the reader of the format says what is wrong with it, in the same words everywhere.
 * @param fileName - for errors
 * @throws StudioError OUT_OF_MEMORY beyond `maxBytes`
 */
export function unpackGzip(
  bytes: Uint8Array,
  fileName?: string,
  maxBytes = MAX_BYTES,
): Promise<Uint8Array> {
  if (!isGzip(bytes)) return Promise.resolve(bytes);
  return new Promise((resolve, reject) => {
    gunzip(bytes, { info: true, maxOutputLength: maxBytes }, (error, result: unknown) => {
      if (error !== null) {
        if ("code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
          reject(unpacksTooLarge(maxBytes, fileName));
        } else resolve(bytes);
        return;
      }
      const { buffer, engine } = result as Unpacked;
      // zlib passes over what follows the last member; the reader does not.
      resolve(engine.bytesWritten === bytes.length ? buffer : bytes);
    });
  });
}
