import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unpackGzip } from "../../../main/compute/unpackGzip.ts";

const TEXT = new TextEncoder().encode("1\n\nC 0 0 0\n");
const PACKED = new Uint8Array(gzipSync(TEXT));

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

describe("unpackGzip", () => {
  it("unpacks one member and several", async () => {
    expect(Array.from(await unpackGzip(PACKED))).toEqual(Array.from(TEXT));
    const two = await unpackGzip(joined(PACKED, PACKED));
    expect(Array.from(two)).toEqual([...TEXT, ...TEXT]);
  });

  it("leaves plain text alone", async () => {
    expect(await unpackGzip(TEXT)).toBe(TEXT);
  });

  it("leaves what is damaged, cut off or padded to the reader, which explains it", async () => {
    const wrong = PACKED.slice();
    wrong[PACKED.length - 8]! ^= 1;
    for (const bytes of [wrong, PACKED.slice(0, -3), joined(PACKED, new Uint8Array(512))]) {
      expect(await unpackGzip(bytes)).toBe(bytes);
    }
  });

  it("refuses what unpacks to more than the limit without trying it a second time", async () => {
    const unpacking = unpackGzip(PACKED, "film.xyz.gz", TEXT.length - 1);
    await expect(unpacking).rejects.toMatchObject({
      code: "OUT_OF_MEMORY",
      location: { file: "film.xyz.gz" },
    });
    expect(await unpackGzip(PACKED, "film.xyz.gz", TEXT.length)).toHaveLength(TEXT.length);
  });
});
