import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { composeFigure } from "../../../renderer/figure/compose/composeFigure.ts";
import { indexOfFraction } from "../../../renderer/color/colorScale.ts";
import { inkOf } from "../../../renderer/figure/compose/look.ts";
import { ATOM_FLAGS } from "../../../renderer/scene/panelSpec.ts";
import { leavesOf, type TextItem } from "../../../renderer/figure/page/displayList.ts";
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

  it("puts rings under the points that stand out, over all others, and leaves out hidden ones", () => {
    const { normal, dimmed, hidden, marked } = ATOM_FLAGS;
    const content = sampleContent(8);
    const plain = content.panels.get("a");
    if (plain?.kind !== "points") throw new Error("no map");
    const flags = Uint8Array.of(marked, dimmed, hidden, normal, normal, normal, normal, marked);
    const panels = new Map(content.panels).set("a", { ...plain, flags });
    const { page, remarks } = composeFigure(sampleFigure, { ...content, panels }, typefaces);
    expect(remarks).toContain("(a): 1 atom is outside the selection and not drawn.");
    const group = page.items.find((item) => item.kind === "group" && item.id === "a");
    const discs = [...leavesOf(group === undefined ? [] : [group])].filter(
      (item) => item.kind === "circles",
    );
    const [points, rims, gaps, chosen] = discs;
    expect(discs.map(({ colors }) => colors.length)).toEqual([5, 2, 2, 2]);
    expect(gaps?.palette).toEqual([inkOf({}).ground]);
    expect(points?.nBeneath).toBe(1);
    expect(rims?.palette).toEqual([inkOf({}).accent]);
    expect(rims?.centers).toEqual(chosen?.centers);
    expect(rims?.radius).toBeGreaterThan(1.5 * (chosen?.radius ?? Infinity));
    // The colours of the points themselves do not change.
    const [first, last] = [plain.scalars?.[0], plain.scalars?.[7]].map((one) => one ?? NaN);
    expect([...(chosen?.colors ?? [])]).toEqual(
      [first, last].map((one) => indexOfFraction(one ?? NaN)),
    );
  });

  it("makes an image of thousands of rings, which are no density", () => {
    const content = sampleContent(21_000);
    const plain = content.panels.get("a");
    if (plain?.kind !== "points") throw new Error("no map");
    const flags = new Uint8Array(21_000).fill(ATOM_FLAGS.marked);
    const panels = new Map(content.panels).set("a", { ...plain, flags });
    const { requests } = composeFigure(sampleFigure, { ...content, panels }, typefaces);
    const named = requests.flatMap((one) =>
      one.kind === "circles" ? [[one.name, one.fullDensity]] : [],
    );
    expect(named).toContainEqual(["a/rims", null]);
    expect(named).toContainEqual(["a/points", null]);
  });

  it("writes the note of a legend within its frame", () => {
    const content = sampleContent();
    const legends = new Map(
      [...content.legends].map(([name, model]) => [
        name,
        { ...model, note: "one range, 8 panels" },
      ]),
    );
    const across = {
      kind: "legend",
      id: "across",
      frame: { x: 2, y: 60, width: 90, height: 9 },
      coloring: "gain",
      orientation: "horizontal",
      counts: true,
    } as const;
    const figure = { ...sampleFigure, elements: [...sampleFigure.elements, across] };
    const { page } = composeFigure(figure, { ...content, legends }, typefaces);
    const wordsOf = (id: string): readonly TextItem[] => {
      const group = page.items.find((item) => item.kind === "group" && item.id === id);
      return [...leavesOf(group === undefined ? [] : [group])].filter(
        (item) => item.kind === "text",
      );
    };
    const lines = wordsOf("lpr");
    expect(lines.slice(-2).map(({ text }) => text)).toEqual(["one range,", "8 panels"]);
    for (const { y } of lines) expect(y).toBeLessThanOrEqual(6 + 55);
    const row = wordsOf("across").filter(({ y }) => y < 63);
    expect(row.map(({ text }) => text)).toEqual([
      "LPR gain (%)",
      "3 under, 4 over",
      "one range, 8 panels",
    ]);
    const narrow = { ...across, frame: { ...across.frame, width: 45 } };
    const cut = { ...figure, elements: [...sampleFigure.elements, narrow] };
    const text = writeSvg(composeFigure(cut, { ...content, legends }, typefaces).page, {
      typefaces,
      rasters: new Map(),
    });
    expect(text).not.toContain("one range, 8 panels");
  });

  it("shortens names of axes that are longer than their panel, or says so", () => {
    const content = sampleContent(8);
    const plain = content.panels.get("a");
    if (plain?.kind !== "points") throw new Error("no map");
    const y = { ...plain.y, label: "kernel component 2 (20 % of variance)" };
    const composedWith = (axis: typeof y, height: number) => {
      const elements = sampleFigure.elements.map((one) =>
        one.id === "a" ? { ...one, frame: { ...one.frame, height } } : one,
      );
      const panels = new Map(content.panels).set("a", { ...plain, y: axis });
      const figure = { ...sampleFigure, elements };
      const { page, warnings } = composeFigure(figure, { ...content, panels }, typefaces);
      const texts = [...leavesOf(page.items)].flatMap((item) =>
        item.kind === "text" ? [item.text] : [],
      );
      return { texts, warnings };
    };
    const short = { ...y, shortLabel: "component 2, 20 %" };
    expect(composedWith(short, 62).texts).toContain(y.label);
    const low = composedWith(short, 34);
    expect(low.texts).not.toContain(y.label);
    expect(low.texts).toContain(short.shortLabel);
    expect(low.warnings).toEqual([]);
    const long = composedWith(y, 34);
    expect(long.texts).toContain(y.label);
    expect(long.warnings).toEqual([`(a): “${y.label}” is longer than its panel.`]);
  });

  it("warns of legends that have more to say than there is room for", () => {
    const content = sampleContent(8);
    const names = ["other", "sp", "sp²", "sp³"];
    const categories = names.map((label) => ({ label, color: "#123456" }));
    const gain = content.legends.get("gain");
    if (gain === undefined) throw new Error("no legend");
    const named = {
      ...gain,
      title: "Bonding",
      content: { kind: "categories", categories },
    } as const;
    const legends = new Map(content.legends).set("gain", named);
    const warningsOf = (height: number, width = 18): readonly string[] => {
      const elements = sampleFigure.elements.map((one) =>
        one.id === "gain" ? { ...one, frame: { ...one.frame, height, width } } : one,
      );
      const figure = { ...sampleFigure, elements };
      const composed = composeFigure(figure, { ...content, legends }, typefaces);
      expect(composed.warnings).toEqual(composed.crowded);
      return composed.warnings;
    };
    expect(warningsOf(20)).toEqual([]);
    expect(warningsOf(9)).toEqual(["The legend “Bonding” is larger than its frame."]);
    expect(warningsOf(20, 5)).toEqual(["The legend “Bonding” is larger than its frame."]);
  });

  it("draws bars, ticks and gaps as large as the numbers beside them", () => {
    const big = { ...sampleFigure, style: { tickSize: 13, labelSize: 14 } };
    const barsOf = (figure: typeof sampleFigure): number => {
      const { page } = composeFigure(figure, sampleContent(8), typefaces);
      const group = page.items.find((item) => item.kind === "group" && item.id === "lpr");
      const rects = [...leavesOf(group === undefined ? [] : [group])].filter(
        (item) => item.kind === "rect",
      );
      return rects.at(-1)?.width ?? NaN;
    };
    expect(barsOf(big)).toBeCloseTo(2 * barsOf(sampleFigure), 6);
  });
});
