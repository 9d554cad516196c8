import { expect, test } from "vitest";
import type { SuggestionResult } from "../../../../src/analysis/questions/suggestion.ts";
import type { StudioBridge } from "../../../../src/contract/api.ts";
import type { EngineRequest } from "../../../../src/contract/enginePort.ts";
import type { SuggestAnswer } from "../../../../src/contract/suggestions.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { loadDatasets, showProject } from "../../../../renderer/state/project/projectActions.ts";
import { undoDocument } from "../../../../renderer/state/project/projectStore.ts";
import { selectAtoms } from "../../../../renderer/state/selection/selectionStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import {
  addSuggestedVariant,
  askForSuggestions,
  exportSuggestions,
  isAnswerCurrent,
} from "../../../../renderer/state/suggest/suggestActions.ts";
import {
  buildQuestion,
  offeredDatasets,
  offeredPrototypes,
  type Question,
  type QuestionInputs,
} from "../../../../renderer/state/suggest/suggestQuestion.ts";
import {
  chosenRows,
  foldedRows,
  gainCurve,
  rankedRows,
  type SuggestionRow,
} from "../../../../renderer/state/suggest/suggestRows.ts";
import { liftPreview } from "../../../../renderer/state/suggest/liftPreview.ts";
import {
  changeDraft,
  tick,
  type Answered,
} from "../../../../renderer/state/suggest/suggestStore.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  settle,
  summaryOf,
  type FakeStudio,
} from "../../../support/fakeStudioApi.ts";

const PROJECT: ProjectDocument = {
  ...FILM_PROJECT,
  datasets: { ...FILM_PROJECT.datasets, pool: { path: "pool.xyz" } },
};

async function start(
  bridge: Partial<StudioBridge> = {},
): Promise<{ fake: FakeStudio; studio: Studio }> {
  const fake = createFakeStudio();
  const studio = createStudio({ ...fake.bridge, ...bridge }, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, { path: "p.lpr.json", name: "p", document: PROJECT, remarks: [] });
  await loadDatasets(studio);
  return { fake, studio };
}

function inputsOf(studio: Studio): QuestionInputs {
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  return {
    draft: studio.suggestions.getState().draft,
    document,
    summaries,
    selections: studio.selection.getState().selections,
    target: listTargets(document, summaries)[1] ?? null,
    variant: "baseline",
  };
}

function questionOf(studio: Studio): Question {
  return buildQuestion(inputsOf(studio));
}

/** Two crystals and one structure of the pool; the crystal c[1] and the pool's are chosen. */
function answerWith(document: ProjectDocument): SuggestAnswer & { document: ProjectDocument } {
  const candidate = (dataset: string, structureIndex: number, gain: number) => ({
    name: `${dataset}[${String(structureIndex)}]`,
    dataset,
    structureIndex,
    nAtoms: 3,
    timesInTraining: 0,
    gain,
    gainPerAtom: gain / 3,
    gainError: 1e-12,
    medianLift: 0.1,
    maxLift: 0.5,
  });
  const step = (rank: number, gain: number, totalGain: number) => ({
    rank,
    gain,
    totalGain,
    totalAtoms: 3,
    meanLift: 0.2,
    medianLift: 0.1,
    maxLift: 0.5,
    putAside: 0,
  });
  const result: SuggestionResult = {
    backend: "reference",
    threads: 1,
    modelType: "sparse-kernel",
    structureRows: "mean",
    regularizer: 1,
    variant: "baseline",
    nTraining: 20,
    by: "gain",
    targets: [],
    atoms: {
      target: Int32Array.of(0),
      atom: Int32Array.of(0),
      lprBefore: Float64Array.of(1),
      lprAfter: Float64Array.of(2),
    },
    ranking: [candidate("c", 1, 0.4), candidate("c", 0, 0.3), candidate("pool", 0, 0.2)],
    steps: [step(0, 0.4, 0.4), step(2, 0.1, 0.5)],
    alikeTo: Int32Array.of(0, 0, 2),
    random: {
      gains: Float64Array.of(0.1, 0.3),
      mean: 0.2,
      standardDeviation: 0.1,
      count: 2,
      seed: 1,
    },
    updateError: 0,
    certainRanks: 0,
    timings: [],
    diagnostics: [],
    fileHashes: {},
  };
  return { result, crystals: summaryOf("c", [3, 3]), document };
}

async function answered(studio: Studio, fake: FakeStudio): Promise<Answered> {
  changeDraft(studio.suggestions, { withCrystals: true });
  fake.manual = true;
  const asking = askForSuggestions(studio, questionOf(studio));
  await settle();
  const jobId = `job-${String(fake.jobs.length)}`;
  const { result, crystals } = answerWith(PROJECT);
  fake.push({ type: "jobDone", jobId, result: null, suggestions: { result, crystals } });
  await asking;
  fake.manual = false;
  const { answer } = studio.suggestions.getState();
  if (answer === null) throw new Error("no answer");
  return answer;
}

/** What the engine was asked to write, answered with one text. */
function serveFiles(studio: Studio): EngineRequest<"structureFiles">["params"][] {
  const asked: EngineRequest<"structureFiles">["params"][] = [];
  const request = studio.connection.request.bind(studio.connection);
  Object.assign(studio.connection, {
    request: (method: string, params: never) => {
      if (method !== "structureFiles") return request(method as never, params);
      asked.push(params);
      return Promise.resolve([{ name: "suggestions.xyz", text: "xyz" }]);
    },
  });
  return asked;
}

test("without a selection the worst atoms of the shown target are meant", async () => {
  const { studio } = await start();
  const question = questionOf(studio);
  expect(question.ask?.request).toMatchObject({
    variant: "baseline",
    atoms: { kind: "worst", fraction: 0.05, target: 1 },
    candidates: [{ dataset: "pool" }],
    count: 10,
  });
  expect(question.ask?.crystals).toBeNull();
});

test("selected atoms are counted over all targets, as the engine counts them", async () => {
  const { studio } = await start();
  selectAtoms(studio.selection, "film#1", 4, [3, 0], "replace", "click");
  selectAtoms(studio.selection, "film#0", 6, [5], "add", "click");
  // film#0 has six atoms, so atom 0 of film#1 is number 6.
  expect(questionOf(studio).ask?.request.atoms).toEqual({ kind: "listed", indices: [5, 6, 9] });
});

test("crystals are no way out where features are imported", async () => {
  const { studio } = await start();
  const datasets = Object.fromEntries(
    Object.entries(PROJECT.datasets).map(([name, one]) => [
      name,
      { ...one, features: { path: `${name}.npy` } },
    ]),
  );
  const model = { type: "linear", regularizer: 1 } as const;
  studio.project.setState({
    document: { ...PROJECT, datasets, descriptor: { type: "features" }, model },
  });
  // The tick of a question before the import.
  changeDraft(studio.suggestions, { withCrystals: true });
  expect(questionOf(studio)).toMatchObject({ missing: null, ask: { crystals: null } });
  changeDraft(studio.suggestions, { datasets: new Set() });
  expect(questionOf(studio).missing).toBe("Offer a file with candidates.");
});

test("what is missing is said instead of asking", async () => {
  const { studio } = await start();
  const missing = (): string | null => questionOf(studio).missing;
  changeDraft(studio.suggestions, { scope: "selection" });
  expect(missing()).toMatch(/Select atoms/);
  changeDraft(studio.suggestions, { scope: 0.1, datasets: new Set() });
  expect(missing()).toMatch(/Offer a file/);
  changeDraft(studio.suggestions, { withCrystals: true, prototypes: new Set(["zincblende"]) });
  expect(missing()).toMatch(/at least one prototype/);
  changeDraft(studio.suggestions, { prototypes: new Set(["diamond"]), strain: 50 });
  expect(missing()).toMatch(/0 to 33 %/);
  changeDraft(studio.suggestions, { strain: 5, count: 0 });
  expect(missing()).toMatch(/1 to 1,000/);
  changeDraft(studio.suggestions, { count: 3 });
  expect(questionOf(studio).ask?.crystals).toEqual({
    prototypes: ["diamond"],
    count: 40,
    strain: 0.05,
    seed: 1,
  });
});

test("datasets that the variant has whole, and targets, are offered but not ticked", async () => {
  const { studio } = await start();
  const offered = offeredDatasets(inputsOf(studio));
  expect(offered.map(({ name, isOffered }) => [name, isOffered])).toEqual([
    ["train", false],
    ["pool", true],
    ["film", false],
  ]);
});

test("compounds are offered only when the targets have two species", async () => {
  const { studio } = await start();
  const { document, summaries } = inputsOf(studio);
  const names = (of: QuestionInputs["summaries"]): readonly string[] =>
    offeredPrototypes(document, of).map(({ name }) => name);
  expect(names(summaries)).toContain("diamond");
  expect(names(summaries)).not.toContain("zincblende");
  const film = { ...summaryOf("film", [6]), species: [31, 33] };
  expect(names({ ...summaries, film })).toContain("zincblende");
});

test("an answer ticks what was chosen together, and lists it in percent", async () => {
  const { studio, fake } = await start();
  const answer = await answered(studio, fake);
  expect([...studio.suggestions.getState().ticked]).toEqual([0, 2]);
  const { summaries } = studio.datasets.getState();
  const chosen = chosenRows(answer, summaries);
  expect(chosen.map(({ source, share }) => [source, share])).toEqual([
    ["c[1]", 1],
    ["pool[0]", 0.25],
  ]);
  expect(chosen[1]?.total).toBeCloseTo(100 * (Math.exp(0.5) - 1), 10);
  const ranked = rankedRows(answer, summaries);
  expect(ranked.map(({ lift }) => lift.toFixed(2))).toEqual(["49.18", "34.99", "22.14"]);
  expect(ranked[0]).toMatchObject({ median: 10, max: 50, isGenerated: true, name: "C3" });
  const curve = gainCurve(answer);
  expect(curve.totals.map((total) => total.toFixed(2))).toEqual(["0.00", "49.18", "64.87"]);
  expect(curve.random?.low.toFixed(2)).toBe("10.52");
});

test("adding a variant writes the crystals first and is one step to undo", async () => {
  const written: string[] = [];
  const { studio, fake } = await start({
    saveStructures: ({ text, suggestedName }) => {
      written.push(text, suggestedName);
      return Promise.resolve({ path: "out/new.xyz", name: "new.xyz" });
    },
  });
  const answer = await answered(studio, fake);
  const asked = serveFiles(studio);
  tick(studio.suggestions, 1, true);
  await addSuggestedVariant(studio, answer);
  expect(asked[0]?.withPoscar).toBe(false);
  expect(asked[0]?.structures.map(({ structureIndex }) => structureIndex)).toEqual([1, 0]);
  expect(written).toEqual(["xyz", "p-suggestions.xyz"]);
  const { document } = studio.project.getState();
  expect(document.datasets["new"]).toMatchObject({ path: "out/new.xyz" });
  // The choices come first in the file: c[1] is its structure 0, c[0] its structure 1.
  expect(document.variants?.at(-1)).toMatchObject({
    name: "+3 suggested",
    base: "baseline",
    add: [
      { dataset: "new", structures: [0, 1] },
      { dataset: "pool", structures: [0] },
    ],
  });
  expect(fake.jobs.at(-1)?.kind).toBe("load");
  expect(isAnswerCurrent(answer, document)).toBe(true);
  undoDocument(studio.project);
  expect(studio.project.getState().document).toEqual(PROJECT);
});

test("a cancelled file dialog changes nothing", async () => {
  const { studio, fake } = await start();
  const answer = await answered(studio, fake);
  serveFiles(studio);
  await addSuggestedVariant(studio, answer);
  expect(studio.project.getState().document).toBe(PROJECT);
});

test("structures of files need no new file, and names do not collide", async () => {
  const { studio, fake } = await start();
  const answer = await answered(studio, fake);
  tick(studio.suggestions, 0, false);
  await addSuggestedVariant(studio, answer);
  await addSuggestedVariant(studio, answer);
  const { variants = [] } = studio.project.getState().document;
  expect(variants.slice(2).map(({ name }) => name)).toEqual(["+1 suggested", "+1 suggested 2"]);
});

test("the variant asked about may be gone, which is said", async () => {
  const { studio, fake } = await start();
  const answer = await answered(studio, fake);
  studio.project.setState({ document: { ...PROJECT, variants: [] } });
  await expect(addSuggestedVariant(studio, answer)).rejects.toThrow("no longer in the project");
});

test("an export has the choices in order, with POSCAR files", async () => {
  const exported: unknown[] = [];
  const { studio, fake } = await start({
    exportStructures: (files) => {
      exported.push(files);
      return Promise.resolve("out");
    },
  });
  const answer = await answered(studio, fake);
  const asked = serveFiles(studio);
  await exportSuggestions(studio, answer);
  expect(asked[0]).toMatchObject({
    jobId: answer.jobId,
    withPoscar: true,
    structures: [
      { dataset: null, structureIndex: 1, info: { suggestion_rank: 1, gain_alone: 0.4 } },
      { dataset: "pool", structureIndex: 0, info: { suggestion_rank: 3, gain_alone: 0.2 } },
    ],
  });
  expect(exported).toEqual([[{ name: "suggestions.xyz", text: "xyz" }]]);
  expect(studio.messages.getState().message?.text).toBe("1 file written to out");
});

test("a failed search becomes a problem, and another project forgets the answer", async () => {
  const { studio, fake } = await start();
  await answered(studio, fake);
  fake.manual = true;
  const asking = askForSuggestions(studio, questionOf(studio));
  await settle();
  const jobId = `job-${String(fake.jobs.length)}`;
  const error = { code: "OUT_OF_MEMORY" as const, message: "too much" };
  fake.push({ type: "jobFailed", jobId, error });
  await asking;
  expect(studio.messages.getState().problems[0]?.title).toBe("No structures were suggested");
  expect(studio.view.getState().drawerTab).toBe("problems");
  fake.manual = false;
  await showProject(studio, { path: null, name: "q", document: FILM_PROJECT, remarks: [] });
  expect(studio.suggestions.getState().answer).toBeNull();
});

test("near duplicates stand behind the best of their kind", () => {
  const result = { alikeTo: Int32Array.of(0, 0, 2, 0) } as Answered["result"];
  const rows = [0, 1, 2, 3].map((rank) => ({ rank }) as SuggestionRow);
  const groups = foldedRows({ result }, rows);
  expect(groups.map(({ row, alike }) => [row.rank, alike.map(({ rank }) => rank)])).toEqual([
    [0, [1, 3]],
    [2, []],
  ]);
});

test("gains of one candidate go to the atoms that were asked about, structure by structure", () => {
  const preview = liftPreview(
    3,
    "diamond",
    {
      targets: [
        { dataset: "film", structureIndex: 0, label: "" },
        { dataset: "film", structureIndex: 2, label: "" },
      ],
      atoms: {
        target: Int32Array.of(0, 1, 1),
        atom: Int32Array.of(5, 0, 7),
        lprBefore: Float64Array.of(1, 1, 1),
        lprAfter: Float64Array.of(1, 1, 1),
      },
    },
    Float64Array.of(0.5, 0.25, 0),
  );
  expect([...preview.gains]).toEqual([
    ["film#0", { atoms: [5], percent: [50] }],
    ["film#2", { atoms: [0, 7], percent: [25, 0] }],
  ]);
});
