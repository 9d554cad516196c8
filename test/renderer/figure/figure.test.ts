import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { layoutFigure, pixelRect } from "../../../renderer/figure/figureLayout.ts";
import { annotatePng, crc32 } from "../../../renderer/figure/pngChunks.ts";

describe("PNG annotation", () => {
  it("computes the checksum of the specification's empty last chunk", () => {
    expect(crc32(new TextEncoder().encode("IEND"))).toBe(0xae426082);
  });

  it("adds resolution and text and leaves the picture as it was", () => {
    const png = new PNG({ width: 3, height: 2 });
    png.data.forEach((_, k) => {
      png.data[k] = (k * 37) % 256;
    });
    const bytes = new Uint8Array(PNG.sync.write(png));
    const marked = annotatePng(bytes, 300, { Description: "LPR, Å" });
    const view = new DataView(marked.buffer);
    expect(new TextDecoder().decode(marked.subarray(37, 41))).toBe("pHYs");
    expect(view.getUint32(41)).toBe(11811);
    expect(view.getUint32(45)).toBe(11811);
    expect(marked[49]).toBe(1);
    expect(new TextDecoder().decode(marked)).toContain("LPR, Å");
    expect(PNG.sync.read(Buffer.from(marked)).data).toEqual(png.data);
  });
});

describe("figure layout", () => {
  const request = { nPanels: 6, columns: 3, hasTitles: true, hasLegend: true };

  it("fills the picture with panels and legend, without overlap", () => {
    const layout = layoutFigure({ ...request, width: 2400, height: 1600 });
    expect(layout.cells).toHaveLength(6);
    const { legend, zoom, width, height, cells } = layout;
    expect(width * zoom).toBeCloseTo(2400, 6);
    expect(height * zoom).toBeCloseTo(1600, 6);
    const [first, second] = cells;
    expect((first?.body.left ?? 0) + (first?.body.width ?? 0)).toBeCloseTo(
      second?.body.left ?? Number.NaN,
      9,
    );
    expect((cells[2]?.body.left ?? 0) + (cells[2]?.body.width ?? 0)).toBeCloseTo(
      legend?.left ?? Number.NaN,
      9,
    );
  });

  it("enlarges text with the picture, so that it looks alike at any size", () => {
    const small = layoutFigure({ ...request, width: 1200, height: 800 });
    const large = layoutFigure({ ...request, width: 4800, height: 3200 });
    expect(large.zoom / small.zoom).toBeCloseTo(4, 9);
    expect(large.cells).toEqual(small.cells);
  });

  it("rounds edges apart, so that neighbours share a pixel boundary", () => {
    const { cells, zoom } = layoutFigure({ ...request, width: 1001, height: 777 });
    const [a, b] = cells.map(({ body }) => pixelRect(body, zoom));
    expect((a?.left ?? 0) + (a?.width ?? 0)).toBe(b?.left);
  });
});
