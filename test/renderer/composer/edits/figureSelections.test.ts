import { describe, expect, it } from "vitest";
import {
  addSelection,
  chooseSelection,
  setOthers,
} from "../../../../renderer/composer/edits/figureSelections.ts";
import { copyElements, pasteElements } from "../../../../renderer/composer/edits/figureEdits.ts";
import type { FigureDefinition, FigureSelection } from "../../../../src/project/figure.ts";
import { sampleFigure } from "../../../support/figures.ts";

const WEAK: FigureSelection = { atoms: [{ dataset: "film", structure: 0, atoms: "1:3" }] };
const OTHER: FigureSelection = { atoms: [{ dataset: "film", structure: 0, atoms: "7" }] };

function chosen({ elements }: FigureDefinition): readonly unknown[] {
  return elements.map((element) => ("selection" in element ? element.selection : undefined));
}

describe("atoms that stand out in a figure", () => {
  const one = addSelection(sampleFigure, "a", "selected", WEAK);

  it("are kept once, whatever number of panels shows them", () => {
    const both = addSelection(one, "b", "selected", { ...WEAK });
    expect(both.selections).toEqual({ selected: WEAK });
    expect(chosen(both).slice(0, 2)).toEqual(["selected", "selected"]);
    const two = addSelection(one, "b", "selected", OTHER);
    expect(two.selections).toEqual({ selected: WEAK, "selected 2": OTHER });
    expect(addSelection(one, "a", "selected", WEAK)).toBe(one);
  });

  it("have names that a project file takes", () => {
    const long = "w".repeat(100);
    const both = addSelection(addSelection(sampleFigure, "a", long, WEAK), "b", long, OTHER);
    const names = Object.keys(both.selections ?? {});
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(60);
  });

  it("go when the last panel shows others or none", () => {
    const other = addSelection(one, "a", "selected", OTHER);
    expect(other.selections).toEqual({ "selected 2": OTHER });
    expect(chooseSelection(one, new Set(["a"]), undefined).selections).toBeUndefined();
    expect(chooseSelection(one, new Set(["b"]), "unknown")).toBe(one);
  });

  it("stand out in all panels at once, but not in legends and words", () => {
    const all = new Set(one.elements.map(({ id }) => id));
    const everywhere = chooseSelection(one, all, "selected");
    expect(chosen(everywhere)).toEqual(["selected", "selected", undefined, undefined, undefined]);
    const grey = setOthers(everywhere, "selected", "grey");
    expect(grey.selections?.["selected"]?.others).toBe("grey");
    expect(setOthers(grey, "selected", "grey")).toBe(grey);
  });

  it("come along with a copied panel, under another name where that is taken", () => {
    const clip = copyElements(one, new Set(["a"]));
    expect(clip.selections).toEqual({ selected: WEAK });
    const target = addSelection(sampleFigure, "b", "selected", OTHER);
    const { figure, ids } = pasteElements(target, clip);
    expect(figure.selections).toEqual({ selected: OTHER, "selected 2": WEAK });
    const pasted = figure.elements.find(({ id }) => id === ids[0]);
    expect(pasted).toMatchObject({ selection: "selected 2" });
  });
});
