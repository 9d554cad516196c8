import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { crc32 } from "../../../renderer/figure/page/pngChunks.ts";
import { encodePng } from "../../../renderer/figure/page/pngWriter.ts";

it("computes the checksum of the specification's empty last chunk", () => {
  expect(crc32(new TextEncoder().encode("IEND"))).toBe(0xae426082);
});

it("writes resolution and texts beside pixels that another reader finds again", () => {
  const pixels = Uint8Array.from({ length: 24 }, (_, k) => (k * 37) % 256);
  const texts = { Description: "LPR, Å" };
  const bytes = encodePng({ width: 3, height: 2, pixels }, { dotsPerInch: 300, texts });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  expect(new TextDecoder().decode(bytes.subarray(37, 41))).toBe("pHYs");
  // 300 dots an inch, as dots a metre.
  expect([view.getUint32(41), view.getUint32(45), bytes[49]]).toEqual([11811, 11811, 1]);
  expect(new TextDecoder().decode(bytes)).toContain("LPR, Å");
  expect([...PNG.sync.read(Buffer.from(bytes)).data]).toEqual([...pixels]);
});
