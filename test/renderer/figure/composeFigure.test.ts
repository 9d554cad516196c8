import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { composeFigure } from "../../../renderer/figure/compose/composeFigure.ts";
import { leavesOf } from "../../../renderer/figure/page/displayList.ts";
import { writeSvg } from "../../../renderer/figure/page/svgWriter.ts";
import { sampleContent, sampleFigure, typefaces } from "../../support/figures.ts";

describe("a composed figure", () => {
  it("gives the same SVG every time", () => {
    const svg = (): string => {
      const { page } = composeFigure(sampleFigure, sampleContent(), typefaces);
      return writeSvg(page, { typefaces, rasters: new Map() });
    };
    const first = svg();
    expect(svg()).toBe(first);
    if (process.env["FIGURE_OUT"]) writeFileSync(process.env["FIGURE_OUT"], first);
  });

  it("keeps every line of text on the page", () => {
    const { page } = composeFigure(sampleFigure, sampleContent(), typefaces);
    for (const item of leavesOf(page.items)) {
      if (item.kind !== "text" || (item.turn ?? 0) !== 0) continue;
      const width = typefaces.widthOf(item.text, item.font, item.size);
      const left =
        item.x - (item.anchor === "start" ? 0 : item.anchor === "middle" ? width / 2 : width);
      expect(left, item.text).toBeGreaterThanOrEqual(0);
      expect(left + width, item.text).toBeLessThanOrEqual(page.width);
    }
  });

  it("turns many points into an image and says so", () => {
    const composed = composeFigure(sampleFigure, sampleContent(5001), typefaces);
    expect(composed.requests.map(({ kind }) => kind)).toEqual(["circles", "circles"]);
    expect(composed.remarks.join()).toContain("5,001 points are an image");
    expect(composeFigure(sampleFigure, sampleContent(5000), typefaces).requests).toEqual([]);
  });

  it("warns of text below 6 pt and of letters the font lacks", () => {
    const figure = {
      ...sampleFigure,
      style: { tickSize: 5 },
      elements: [
        ...sampleFigure.elements,
        {
          kind: "text",
          id: "t",
          frame: { x: 1, y: 1, width: 50, height: 5 },
          text: "y ∝ x",
        } as const,
        {
          kind: "text",
          id: "u",
          frame: { x: 1, y: 10, width: 8, height: 3 },
          text: "two lines of words",
        } as const,
      ],
    };
    const { warnings } = composeFigure(figure, sampleContent(), typefaces);
    expect(warnings.join("\n")).toContain("5 pt");
    expect(warnings.join("\n")).toContain("“∝”");
    expect(warnings).toContain("The words “two lines of words” are larger than their frame.");
    expect(warnings.join("\n")).not.toContain("“y ∝ x”");
  });

  it("draws nothing of a panel that its letter leaves no room in, and says so", () => {
    const [first] = sampleFigure.elements.filter(({ kind }) => kind === "map");
    if (first === undefined) throw new Error("no map");
    const frame = { ...first.frame, height: 1 };
    const flat = { ...first, frame, letter: "(a)" } as typeof first;
    const figure = { ...sampleFigure, elements: [flat] };
    const { page, requests, warnings, bodies } = composeFigure(figure, sampleContent(), typefaces);
    expect(warnings).toContain("The panel is not tall enough for its title.");
    expect([requests, [...bodies]]).toEqual([[], []]);
    const svg = writeSvg(page, { typefaces, rasters: new Map() });
    expect(svg).not.toMatch(/NaN|Infinity|height="-/);
  });

  it("is light on a dark page, halos included, and as dark as ever on a white one", () => {
    const page = { ...sampleFigure.page, background: "dark" } as const;
    const dark = composeFigure({ ...sampleFigure, page }, sampleContent(), typefaces).page;
    const white = composeFigure(sampleFigure, sampleContent(), typefaces).page;
    expect([dark.background, white.background]).toEqual(["#0f1114", "#ffffff"]);
    const brightness = (color: string): number =>
      Math.max(...[1, 3, 5].map((k) => Number.parseInt(color.slice(k, k + 2), 16)));
    const wordsOf = (items: typeof dark.items): readonly string[] =>
      [...leavesOf(items)].flatMap((item) => (item.kind === "text" ? [item.color] : []));
    expect(Math.min(...wordsOf(dark.items).map(brightness))).toBeGreaterThan(170);
    expect(Math.max(...wordsOf(white.items).map(brightness))).toBeLessThan(90);
    for (const item of leavesOf(dark.items)) {
      if ((item.kind === "text" || item.kind === "line") && (item.halo ?? 0) > 0)
        expect(item.haloColor).toBe("#0f1114");
    }
  });

  it("says in place why an element shows nothing", () => {
    const { page, warnings } = composeFigure(
      sampleFigure,
      { panels: new Map(), legends: new Map(), variants: [] },
      typefaces,
    );
    expect(warnings).toContain("Not computed yet.");
    const texts = [...leavesOf(page.items)].flatMap((item) =>
      item.kind === "text" ? [item.text] : [],
    );
    expect(texts).toContain("Not computed yet.");
  });
});
