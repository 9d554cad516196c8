import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { StudioError } from "../../../src/errors.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { projectSchema } from "../../../src/project/documentSchema.ts";
import { parseProject, projectJsonSchema, serializeProject } from "../../../src/project/schema.ts";

type Equal<A, B> = [Normal<A>, Normal<B>] extends [Normal<B>, Normal<A>]
  ? [KeysOf<A>, KeysOf<B>] extends [KeysOf<B>, KeysOf<A>]
    ? true
    : false
  : false;
/** Assignability overlooks optional keys that one side lacks. */
type KeysOf<T> = T extends readonly (infer E)[]
  ? KeysOf<E>
  : T extends object
    ? {
        readonly [K in keyof T]-?: readonly [
          undefined extends T[K] ? "optional" : "required",
          KeysOf<T[K]>,
        ];
      }
    : T;
/** Writes intersections out, so that equal shapes compare as equal. */
type Normal<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Normal<T[K]> }
    : T;
const typesAgree: Equal<z.infer<typeof projectSchema>, ProjectDocument> = true;

const complete = {
  version: 1,
  name: "Films",
  datasets: { train: { path: "train.xyz.gz" }, films: { path: "films.xyz", label: "Films" } },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 3.7,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 8,
    lMax: 8,
  },
  model: {
    type: "sparse-kernel",
    zeta: 4,
    activeSet: { method: "fps", size: 1000, from: ["train"], seed: 1 },
    regularizer: 1e-3,
    structureRows: "sum",
  },
  variants: [
    { name: "baseline", train: [{ dataset: "train", structures: "0:100" }] },
    {
      name: "more",
      base: "baseline",
      replace: { count: 10, seed: 1, with: [{ dataset: "train", structures: [1, 2] }] },
    },
  ],
  targets: [{ dataset: "films", structures: "0:2", labels: ["a", "b"] }],
  maps: [{ method: "kpca", components: 2 }],
  views: { colorBy: "lpr", camera: { zoom: 2 } },
};

/** `complete` with the value at a dotted path replaced (or, for undefined, removed). */
function edited(path: string, value: unknown): string {
  const copy = structuredClone(complete) as Record<string, unknown>;
  const parts = path.split(".");
  let parent = copy;
  for (const part of parts.slice(0, -1)) parent = parent[part] as Record<string, unknown>;
  parent[parts.at(-1) ?? ""] = value;
  return JSON.stringify(copy, null, 1);
}

function failure(text: string): StudioError {
  try {
    parseProject(text, { fileName: "p.lpr.json" });
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
  throw new Error("the document was accepted");
}

describe("the project schema", () => {
  it("infers exactly the document type", () => {
    expect(typesAgree).toBe(true);
  });

  it("accepts a complete document and gives it back through serialisation", () => {
    const document = parseProject(JSON.stringify(complete), { fileName: "p" });
    expect(document).toEqual(complete);
    const text = serializeProject(document);
    expect(parseProject(text, { fileName: "p" })).toEqual(complete);
    expect(text.split("\n").slice(0, 3)).toEqual(["{", '  "version": 1,', '  "name": "Films",']);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("writes the same text whatever the key order", () => {
    const shuffled = Object.fromEntries(Object.entries(complete).reverse());
    const a = serializeProject(parseProject(JSON.stringify(shuffled), { fileName: "p" }));
    expect(a).toBe(serializeProject(parseProject(JSON.stringify(complete), { fileName: "p" })));
  });

  it("accepts an unfinished document", () => {
    expect(parseProject('{"version":1,"datasets":{}}', { fileName: "p" })).toEqual({
      version: 1,
      datasets: {},
    });
  });

  it.each([
    ["model.regularizer", -1e-3, "model.regularizer", "found -0.001, expected a number ≥ 0"],
    ["model.regularizer", "1e-3", "model.regularizer", 'found "1e-3", expected a number ≥ 0'],
    ["variants.0.name", "constructor", "variants[0].name", 'found "constructor", expected a name'],
    ["model.zeta", 2.5, "model.zeta", "found 2.5, expected an integer from 1 to 16"],
    ["model.zeta", undefined, "model.zeta", "missing, expected an integer from 1 to 16"],
    ["model.type", "gap", "model.type", 'found "gap", expected a model whose type is'],
    ["model.type", "linear", "model.zeta", 'unknown key "zeta", expected one of type, regularizer'],
    [
      "model.regularizer",
      { method: "cv" },
      "model.regularizer",
      "expected a number ≥ 0, or an obj",
    ],
    [
      "model.regularizer",
      { method: "cross-validation", folds: 1 },
      "model.regularizer.folds",
      "found 1, expected an integer from 2 to 100",
    ],
    [
      "model.regularizer",
      { method: "marginal-likelihood", folds: 5 },
      "model.regularizer.folds",
      'unknown key "folds", expected one of method, range, points',
    ],
    [
      "model.regularizer",
      { method: "marginal-likelihood", range: [1, 1e-3] },
      "model.regularizer.range",
      "expected the smaller number first",
    ],
    ["test", [{ dataset: "x" }], "test[0].dataset", 'found "x", expected a dataset of this'],
    ["components", [{ name: "a", columns: "0:3" }], "components", 'with a model of type "sparse-'],
    [
      "similarity",
      [
        { name: "a", dataset: "films" },
        { name: "a", dataset: "films" },
      ],
      "similarity[1].name",
      'found "a" twice',
    ],
    ["model.activeSet.size", 0, "model.activeSet.size", "found 0, expected an integer from 1"],
    ["model.activeSet.method", "kur", "model.activeSet.method", 'found "kur", expected an active'],
    ["model.activeSet.from", ["trian"], "model.activeSet.from[0]", 'found "trian", expected a dat'],
    ["descriptor.cutoff", 0, "descriptor.cutoff", "found 0, expected a number > 0"],
    [
      "descriptor.cutoffWidth",
      9,
      "descriptor.cutoffWidth",
      "found 9, expected a width between 0 and the cutoff",
    ],
    ["descriptor.species", ["C", "Xx"], "descriptor.species[1]", 'found "Xx", expected the symbol'],
    ["descriptor.basis", "GTO", "descriptor.basis", 'found "GTO", expected "gto" or "dvr"'],
    ["descriptor", [], "descriptor", "found [], expected a descriptor whose type is"],
    ["variants.1.name", "baseline", "variants[1].name", 'found "baseline" twice'],
    ["variants.1.base", "base", "variants[1].base", 'found "base", expected the name of a variant'],
    ["variants.1.base", "more", "variants[1].base", "variants in a circle: more → more"],
    [
      "variants.1.replace.count",
      0,
      "variants[1].replace.count",
      "found 0, expected an integer ≥ 1",
    ],
    ["variants.0.train", [], "variants[0].train", "found [], expected a list of selections"],
    ["variants.0.train.0.dataset", "x", "variants[0].train[0].dataset", 'found "x", expected a'],
    ["variants.0.train.0.structures", [0, -1], "variants[0].train[0].structures[1]", "found -1"],
    [
      "variants.0.train.0.structures",
      5,
      "variants[0].train[0].structures",
      "found 5, expected a sl",
    ],
    ["variants.0", 7, "variants[0]", "found 7, expected a variant with a name"],
    ["targets.0.dataset", 3, "targets[0].dataset", "found 3, expected the name of a dataset"],
    ["targets.0.structures", [0], "targets[0].labels", "found 2 labels for 1 structures"],
    ["datasets.a/b", { path: "x" }, 'datasets["a/b"]', 'found the name "a/b", expected a name'],
    ["datasets.films.hash", "md5:1", "datasets.films.hash", 'found "md5:1", expected sha256:'],
    ["version", 2, "version", "found version 2, this program reads version 1"],
    ["version", "1", "version", 'found "1", expected 1'],
    ["maps", [{ method: "pca" }], "maps[0].method", 'found "pca", expected "kpca"'],
  ])("names the path, what was found and what was expected: %s = %j", (path, value, at, says) => {
    const error = failure(edited(path, value));
    expect(error.code).toBe("INVALID_PROJECT");
    expect(error.location?.jsonPath).toBe(at);
    expect(error.message).toContain(says);
    expect(error.location?.line).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ["model.regulariser", "model.regulariser", 'Did you mean "regularizer"?'],
    ["descriptor.nmax", "descriptor.nmax", 'Did you mean "nMax"?'],
    ["variant", "variant", 'Did you mean "variants"?'],
    ["variants.1.replace.wiht", "variants[1].replace.wiht", 'Did you mean "with"?'],
    ["model.activeSet.sized", "model.activeSet.sized", 'Did you mean "size"?'],
  ])("suggests the key meant by %s", (path, at, remedy) => {
    const error = failure(edited(path, 1));
    expect(error.location?.jsonPath).toBe(at);
    expect(error.remedy).toBe(remedy);
  });

  it("names the line of the value in the file", () => {
    const text = edited("model.regularizer", -1);
    const line = text.split("\n").findIndex((row) => row.includes('"regularizer"')) + 1;
    expect(failure(text).location?.line).toBe(line);
  });

  it("finds a circle of several variants", () => {
    const variants = [
      { name: "a", base: "b" },
      { name: "b", base: "c" },
      { name: "c", base: "a" },
    ];
    expect(failure(edited("variants", variants)).message).toBe(
      "variants in a circle: a → b → c → a",
    );
  });

  it.each([
    ["", 1, "found the end of the file, expected a value"],
    ['{"version": 1,\n "datasets": {},\n}', 2, 'found a comma before "}"'],
    ['{\n "version" 1}', 2, 'found "1", expected ":" after the key "version"'],
    ["{\n // note\n}", 2, "found a comment, expected a key in double quotes"],
    ['{"version": 1,\n"version": 1}', 2, 'the key "version" appears twice'],
    ['{"version": 01}', 1, 'found "1", expected "," or "}"'],
    ['{"a": NaN}', 1, 'found "N", expected a value'],
    ['{"a": "x\ny"}', 1, "found a string that is not closed"],
    ["[".repeat(65), 1, "nested deeper than 64 levels"],
    ["[] []", 1, 'found "[", expected the end of the file'],
  ])("names the line of a JSON mistake: %j", (text, line, says) => {
    const error = failure(text);
    expect(error.code).toBe("INVALID_PROJECT");
    expect(error.location).toMatchObject({ file: "p.lpr.json", line });
    expect(error.message).toContain(says);
    expect(error.message).toMatch(/^column \d+: /);
  });

  it.each([
    ["__proto__", 'found the key "__proto__", expected another name'],
    ["constructor", "JavaScript does not reserve"],
    ["toString", "JavaScript does not reserve"],
  ])("refuses a dataset named %s", (name, words) => {
    const text = `{"version":1,"datasets":{"${name}":{"path":"a.xyz"}}}`;
    expect(() => parseProject(text, { fileName: "p" })).toThrow(words);
    const reference = `{"version":1,"datasets":{},"targets":[{"dataset":"${name}"}]}`;
    expect(() => parseProject(reference, { fileName: "p" })).toThrow(name);
  });

  it("accepts a byte-order mark", () => {
    expect(parseProject('\uFEFF{"version":1,"datasets":{}}', { fileName: "p" }).version).toBe(1);
  });

  it("publishes a JSON Schema that closes every object", () => {
    const schema = projectJsonSchema();
    expect(schema["additionalProperties"]).toBe(false);
    expect(JSON.stringify(schema)).not.toContain("readOnly");
    expect(schema["required"]).toEqual(["version", "datasets"]);
  });
});
