import { describe, expect, it } from "vitest";
import { StudioError } from "../../../src/errors.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import {
  findFigureProblems,
  findProblemsOfFigures,
  renameInFigures,
  requireReferences,
} from "../../../src/project/figureReferences.ts";
import { formatJsonPath } from "../../../src/project/jsonText.ts";
import { parseProject, serializeProject } from "../../../src/project/schema.ts";

const element = {
  kind: "structure",
  id: "low",
  frame: { x: 0, y: 0, width: 40, height: 40 },
  target: { dataset: "films" },
  variant: "more",
  coloring: "gain",
};
const figure = {
  name: "Gains",
  page: { width: 178, height: 70 },
  colorings: { gain: { property: "enhancement" } },
  elements: [
    element,
    { kind: "scaleBar", id: "bar", frame: { x: 0, y: 40, width: 20, height: 5 }, of: "low" },
  ],
};
const project = {
  version: 1,
  datasets: { train: { path: "train.xyz" }, films: { path: "films.xyz" } },
  variants: [
    { name: "baseline", train: [{ dataset: "train" }] },
    { name: "more", base: "baseline", add: [{ dataset: "train" }] },
  ],
  targets: [{ dataset: "films" }],
};

function filesOf(nStructures: number) {
  const columns = [
    { name: "charge", type: "R", components: 1 },
    { name: "kind", type: "S", components: 1 },
  ] as const;
  return { films: { nStructures, species: [6], columns } };
}

function errorOf(figures: unknown): {
  readonly message: string;
  readonly path: string | undefined;
} {
  try {
    parseProject(JSON.stringify({ ...project, figures }), { fileName: "a.lpr.json" });
  } catch (error) {
    if (error instanceof StudioError) {
      return { message: error.message, path: error.location?.jsonPath };
    }
  }
  throw new Error("accepted");
}

describe("figures of a project", () => {
  it("come back as they were written", () => {
    const parsed = parseProject(JSON.stringify({ ...project, figures: [figure] }), {
      fileName: "a.lpr.json",
    });
    expect(parsed.figures).toEqual([figure]);
    expect(parseProject(serializeProject(parsed), { fileName: "b" })).toEqual(parsed);
  });

  it.each([
    ["a page of ten metres", { page: { width: 10_000, height: 70 } }, "figures[0].page.width"],
    ["a page of no height", { page: { width: 178, height: 0 } }, "figures[0].page.height"],
    ["an unknown key", { dpi: 300 }, "figures[0].dpi"],
    [
      "a panel of no width",
      { elements: [{ ...element, frame: { x: 0, y: 0, width: 0, height: 4 } }] },
      "figures[0].elements[0].frame.width",
    ],
    ["two equal ids", { elements: [element, element] }, "figures[0].elements[1].id"],
    ["an unknown coloring", { colorings: {} }, "figures[0].elements[0].coloring"],
    [
      "an unknown camera",
      { elements: [{ ...element, camera: "x" }] },
      "figures[0].elements[0].camera",
    ],
    [
      "an unknown selection",
      { elements: [{ ...element, selection: "x" }] },
      "figures[0].elements[0].selection",
    ],
    [
      "a selection of an empty slice",
      { selections: { weak: { atoms: [{ dataset: "films", structure: 0, atoms: "5:5" }] } } },
      "figures[0].selections.weak.atoms[0].atoms",
    ],
    [
      "a selection that is shown in an unknown way",
      { selections: { weak: { atoms: [], others: "dimmed" } } },
      "figures[0].selections.weak.others",
    ],
    [
      "a scale bar of nothing",
      { elements: [element, { ...figure.elements[1], of: "high" }] },
      "figures[0].elements[1].of",
    ],
    [
      "a log scale from zero",
      { colorings: { gain: { property: "lpr", scale: "log", range: [0, 1] } } },
      "figures[0].colorings.gain.range",
    ],
    [
      "a kind that does not exist",
      { elements: [{ ...element, kind: "pie" }] },
      "figures[0].elements[0].kind",
    ],
  ])("refuse %s", (_, change, path) => {
    expect(errorOf([{ ...figure, ...change }])).toMatchObject({ path });
  });

  it("refuse two of one name", () => {
    expect(errorOf([figure, figure]).path).toBe("figures[1].name");
  });

  it("open with a variant that is gone, and say so when drawn", () => {
    const gone = { ...project, variants: project.variants.slice(0, 1), figures: [figure] };
    const document = parseProject(JSON.stringify(gone), { fileName: "a" });
    const [drawn] = document.figures as readonly [FigureDefinition];
    expect(findFigureProblems(document, drawn)[0]?.path).toEqual(["elements", 0, "variant"]);
    expect(() => {
      requireReferences(document, drawn);
    }).toThrow("variant “more” is not in the project; it has “baseline”");
  });

  it("say when a target is gone", () => {
    const gone = { ...project, targets: [{ dataset: "train" }], figures: [figure] };
    const document = parseProject(JSON.stringify(gone), { fileName: "a" });
    const [drawn] = document.figures as readonly [FigureDefinition];
    expect(findFigureProblems(document, drawn)[0]?.path).toEqual([
      "elements",
      0,
      "target",
      "dataset",
    ]);
  });

  it("say every reference that is gone, with its place", () => {
    const all = {
      ...figure,
      colorings: { gain: { property: "enhancement", reference: "old" } },
      elements: [
        element,
        {
          kind: "distribution",
          id: "spread",
          frame: element.frame,
          quantity: { property: "lpr" },
          targets: [{ dataset: "films", structure: 4 }, { dataset: "lost" }],
          variants: ["baseline", "lost too"],
        },
      ],
    };
    const figures = [figure, { ...all, name: "All" }];
    const named = parseProject(JSON.stringify({ ...project, figures }), { fileName: "a" });
    expect(
      findProblemsOfFigures(named).map(({ documentPath }) => formatJsonPath(documentPath)),
    ).toEqual([
      "figures[1].colorings.gain.reference",
      "figures[1].elements[1].variants[1]",
      "figures[1].elements[1].targets[1].dataset",
    ]);
    expect(findProblemsOfFigures(named, filesOf(4))[2]).toMatchObject({
      message: "structure 4 of “films” is not among the targets",
      documentPath: ["figures", 1, "elements", 1, "targets", 0, "structure"],
    });
    expect(findProblemsOfFigures(named, filesOf(5))).toHaveLength(3);
  });

  const chart = (axes: object): object => ({
    kind: "scatter",
    id: "chart",
    frame: element.frame,
    x: { property: "lpr" },
    y: { property: "neighbors" },
    ...axes,
  });
  const shown = (property: string, more = {}): object => ({
    ...figure,
    colorings: { gain: { property, ...more } },
  });
  const charted = (axes: object): object => ({
    ...figure,
    elements: [...figure.elements, chart(axes)],
  });

  it.each([
    [
      "colour",
      shown("enhancemnt"),
      "colorings.gain.property",
      "there is no quantity “enhancemnt”",
      "“enhancement”",
    ],
    [
      "column",
      shown("column:chrage:0"),
      "colorings.gain.property",
      "no quantity “column:chrage:0”",
      "“column:charge:0”",
    ],
    [
      "colour not asked for",
      shown("committee"),
      "colorings.gain.property",
      "needs a committee",
      "Add it",
    ],
    [
      "colour that has only an axis",
      shown("lprRatio"),
      "colorings.gain.property",
      "for axes only",
      "Colour by",
    ],
    [
      "difference",
      shown("coordination", { difference: "percent" }),
      "colorings.gain.difference",
      "same for every",
      "lpr",
    ],
    [
      "axis",
      charted({ x: { property: "neighbours" } }),
      "elements[2].x.property",
      "no quantity “neighbours”",
      "“neighbors”",
    ],
    [
      "word on an axis",
      charted({ y: { property: "species" } }),
      "elements[2].y.property",
      "is no number",
      "number",
    ],
    [
      "name in an expression",
      charted({ y: { property: "= 2 * (lrp - charge)" } }),
      "elements[2].y.property",
      "character 6: There is no quantity “lrp” here. Did you mean lpr",
      "selections",
    ],
    [
      "expression",
      charted({ y: { property: "= 2 * (lpr" } }),
      "elements[2].y.property",
      "“= 2 * (lpr”",
      "selections",
    ],
    [
      "element",
      charted({ species: "Ga" }),
      "elements[2].species",
      "no target has atoms of “Ga”",
      "all",
    ],
    [
      "map",
      {
        ...figure,
        elements: [
          ...figure.elements,
          { kind: "map", id: "map", frame: element.frame, coloring: "gain" },
        ],
      },
      "elements[2].kind",
      "needs a kernel map",
      "Add it",
    ],
    [
      "parity",
      {
        ...figure,
        elements: [...figure.elements, { kind: "parity", id: "par", frame: element.frame }],
      },
      "elements[2].kind",
      "needs a committee",
      "Add it",
    ],
  ])("tell of a wrong %s where it stands, and what to do", (_, wrong, path, message, remedy) => {
    const document = parseProject(JSON.stringify({ ...project, figures: [wrong] }), {
      fileName: "a",
    });
    const problems = findProblemsOfFigures(document, filesOf(1));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.remedy).toContain(remedy);
    expect(formatJsonPath(problems[0]?.documentPath ?? [])).toBe(`figures[0].${path}`);
  });

  it("take what is right, and do not judge what an unread file could hold", () => {
    const axes = {
      x: { property: "column:charge:0" },
      y: { property: "= log10(lpr) - charge" },
      species: "C",
    };
    const parse = (one: object) =>
      parseProject(JSON.stringify({ ...project, figures: [one] }), { fileName: "a" });
    expect(findProblemsOfFigures(parse(charted(axes)), filesOf(1))).toEqual([]);
    const unread = charted({ ...axes, y: { property: "= lpr - unknown" }, species: "Ga" });
    expect(findProblemsOfFigures(parse(unread))).toEqual([]);
    expect(findProblemsOfFigures(parse(unread), filesOf(1))).toHaveLength(2);
  });

  it("follow a variant that is renamed, and only that", () => {
    const document = parseProject(JSON.stringify({ ...project, figures: [figure] }), {
      fileName: "a",
    });
    const figures = document.figures ?? [];
    const [renamed] = renameInFigures(figures, "more", "most");
    expect(renamed?.elements[0]).toMatchObject({ variant: "most" });
    expect(renamed?.elements[1]).toEqual(figures[0]?.elements[1]);
    expect(renameInFigures(figures, "baseline", "first")).toBe(figures);
    const charts: FigureDefinition = {
      name: "Charts",
      page: figure.page,
      colorings: { gain: { property: "enhancement", reference: "more" } },
      elements: [
        { kind: "variants", id: "key", frame: element.frame, variants: ["baseline", "more"] },
        {
          kind: "scatter",
          id: "s",
          frame: element.frame,
          reference: "more",
          x: { property: "lpr" },
          y: { property: "lpr" },
        },
      ],
    };
    expect(renameInFigures([charts], "more", "most")).toEqual([
      JSON.parse(JSON.stringify(charts).replaceAll('"more"', '"most"')),
    ]);
  });
});
