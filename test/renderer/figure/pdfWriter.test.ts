import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { composeFigure } from "../../../renderer/figure/compose/composeFigure.ts";
import type { FigurePageList, PageRaster } from "../../../renderer/figure/page/displayList.ts";
import { writePdf } from "../../../renderer/figure/page/pdfWriter.ts";
import { sampleContent, sampleFigure, typefaces } from "../../support/figures.ts";

/** poppler-utils is among the packages that `npm test` installs where it may. */
const hasPoppler = spawnSync("pdffonts", ["-v"]).error === undefined;
const folder = mkdtempSync(join(tmpdir(), "lpr-pdf-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const options = {
  typefaces,
  rasters: new Map<string, PageRaster>(),
  creator: "LPR Studio 0.0.0",
  subject: "What it shows: σ²",
  texts: { ProjectHash: "sha256:abc" },
};

async function samplePdf(): Promise<Uint8Array> {
  const { page } = composeFigure(sampleFigure, sampleContent(), typefaces);
  return writePdf(page, options);
}

/** A picture of 300 × 150 px on 25.4 × 12.7 mm: 300 dpi. */
function picturePage(alpha: number): { page: FigurePageList; raster: PageRaster } {
  const pixels = new Uint8Array(300 * 150 * 4);
  for (let k = 0; k < pixels.length; k += 4) pixels.set([k % 251, k % 241, 90, alpha], k);
  const image = { kind: "image", x: 5, y: 5, width: 25.4, height: 12.7, raster: "one" } as const;
  const page = { width: 60, height: 40, background: null, title: "Picture", items: [image] };
  return { page, raster: { width: 300, height: 150, pixels } };
}

function run(tool: string, args: readonly string[], pdf: Uint8Array): string {
  const path = join(folder, "one.pdf");
  writeFileSync(path, pdf);
  return execFileSync(
    tool,
    args.map((one) => (one === "PDF" ? path : one)),
    { encoding: "utf8" },
  );
}

describe("a PDF page", () => {
  it("is the same file every time", async () => {
    expect(Buffer.compare(await samplePdf(), await samplePdf())).toBe(0);
  });

  it.skipIf(!hasPoppler)("embeds subsets of its fonts (needs poppler-utils)", async () => {
    const fonts = run("pdffonts", ["PDF"], await samplePdf())
      .trim()
      .split("\n")
      .slice(2);
    expect(fonts).toHaveLength(2);
    for (const line of fonts) {
      expect(line).toMatch(
        /LPRST[AB]\+Inter-(Regular|Bold) +CID TrueType +Identity-H +yes yes yes/,
      );
    }
  });

  it.skipIf(!hasPoppler)("holds its labels as text (needs poppler-utils)", async () => {
    const text = run("pdftotext", ["-layout", "PDF", "-"], await samplePdf());
    for (const label of [
      "σ² of ỹ at 2.5 Å",
      "(a)",
      "LPR gain (%)",
      "Kernel component 1",
      "−0.5",
      "diamond",
      "4 over",
    ]) {
      expect(text).toContain(label);
    }
    expect(text.match(/diamond/g)).toHaveLength(1);
  });

  it.skipIf(!hasPoppler)("says what it is (needs poppler-utils)", async () => {
    const facts = run("pdfinfo", ["PDF"], await samplePdf());
    expect(facts).toMatch(/Title: +Sample/);
    expect(facts).toMatch(/Creator: +LPR Studio 0.0.0/);
    expect(facts).toMatch(/Page size: +504.567 x 198.425 pts/);
    expect(run("pdfinfo", ["-meta", "PDF"], await samplePdf())).toContain(
      "<lpr:ProjectHash>sha256:abc</lpr:ProjectHash>",
    );
    expect(run("pdfinfo", ["-custom", "PDF"], await samplePdf())).toContain("sha256:abc");
  });

  it.skipIf(!hasPoppler).each([255, 128])(
    "holds pictures at their own resolution, alpha %i (needs poppler-utils)",
    async (alpha) => {
      const { page, raster } = picturePage(alpha);
      const pdf = await writePdf(page, { ...options, rasters: new Map([["one", raster]]) });
      const lines = run("pdfimages", ["-list", "PDF"], pdf).trim().split("\n").slice(2);
      expect(lines).toHaveLength(alpha === 255 ? 1 : 2);
      for (const line of lines) expect(line).toMatch(/300 +150 .* 300 +300 /);
    },
  );
});
