/** Designing one crystal in the window: questions, staleness, what is kept, and what is added. */
import { expect, test } from "vitest";
import type { StudioBridge } from "../../../../src/contract/api.ts";
import type { CrystalEffectAnswer, CrystalTrial } from "../../../../src/contract/crystals.ts";
import type { EngineMessage, EngineRequest } from "../../../../src/contract/enginePort.ts";
import { StudioError, toPlainError } from "../../../../src/errors.ts";
import {
  openCrystals,
  refreshCrystal,
} from "../../../../renderer/state/crystals/crystalActions.ts";
import { addCrystals, attemptCrystals } from "../../../../renderer/state/crystals/crystalKeep.ts";
import { boxWithMarks } from "../../../../renderer/state/crystals/crystalMapSeries.ts";
import {
  fillablePrototypes,
  fittingSpecies,
  missingForLifts,
  offeredSpecies,
  wantedCrystals,
} from "../../../../renderer/state/crystals/crystalSession.ts";
import {
  choosePrototype,
  keepCrystal,
  knownEffect,
  knownTrial,
  restKnobs,
  turnKnob,
} from "../../../../renderer/state/crystals/crystalStore.ts";
import {
  accuracyWords,
  distinctPlaces,
  liftDecimals,
  placeLabels,
  meanLifts,
  overlapWarning,
  verdictWords,
} from "../../../../renderer/state/crystals/crystalWords.ts";
import {
  loadDatasets,
  showProject,
  startNewProject,
} from "../../../../renderer/state/project/projectActions.ts";
import { undoDocument } from "../../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import {
  chainStructure,
  createFakeStudio,
  FILM_PROJECT,
  settle,
  summaryOf,
} from "../../../support/fakeStudioApi.ts";

function trialOf(change: Partial<CrystalTrial> = {}): CrystalTrial {
  return {
    structure: { ...chainStructure(2), info: { name: "diamond" } },
    bonds: { pairs: Int32Array.of(0, 1), shifts: Int16Array.of(0, 0, 0) },
    lattice: { a: 3.5, c: 0, u: 0 },
    source: "a book",
    volumePerAtom: 5.7,
    density: 3.5,
    shortest: { distance: 1.54, relative: 1 },
    verdict: {
      kind: "single",
      spaceGroup: 227,
      symbol: "F d -3 m",
      symprec: 1e-5,
      species: [{ symbol: "C", orbits: [{ wyckoff: "a", atoms: [0, 1] }] }],
      soapSpread: 1e-16,
      soapTolerance: 1e-9,
    },
    judgedBy: 3.7,
    ...change,
  };
}

const EFFECT: CrystalEffectAnswer = {
  lpr: Float64Array.of(0.1, 0.1),
  lifts: [Float64Array.of(0.1, 0.2, 0.3, 0, 0, 0), Float64Array.of(0.4, 0, 0, 0)],
  liftErrors: [new Float64Array(6).fill(1e-9), Float64Array.of(4e-9, 0, 0, 0)],
  places: Float64Array.of(0.5, 0.25, 0.5, 0.25),
  milliseconds: 1,
};

/** A window whose engine answers crystals when told to. */
async function start(bridge: Partial<StudioBridge> = {}) {
  const fake = createFakeStudio();
  const studio = createStudio({ ...fake.bridge, ...bridge }, () => 0);
  let receive: (message: EngineMessage) => void = () => undefined;
  const waiting: EngineRequest[] = [];
  studio.connection.attach({
    ...fake.port,
    send: (request) => {
      if (request.method.startsWith("crystal")) waiting.push(request);
      else fake.port.send(request);
    },
    listen: (listener) => {
      receive = listener;
      fake.port.listen(listener);
    },
  });
  await showProject(studio, { path: "p.lpr.json", name: "p", document: FILM_PROJECT, remarks: [] });
  await loadDatasets(studio);
  const answer = async (value: unknown, error?: StudioError): Promise<EngineRequest> => {
    const request = waiting.shift();
    if (request === undefined) throw new Error("nothing was asked");
    const { id } = request;
    receive(
      error === undefined
        ? { kind: "answer", id, value }
        : { kind: "error", id, error: toPlainError(error) },
    );
    await settle();
    return request;
  };
  return { fake, studio, waiting, answer };
}

function wantedOf(studio: Studio) {
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  const rows = listTargets(document, summaries);
  const wanted = wantedCrystals({ document, variant: "baseline" }, summaries, rows);
  if (wanted === null) throw new Error("nothing is wanted");
  return wanted;
}

function turn(studio: Studio, value: number): void {
  turnKnob(studio.crystals, "isotropic", value, 0);
  refreshCrystal(studio);
}

test("while one answer is awaited only the latest design is asked for next", async () => {
  const { studio, waiting, answer } = await start();
  choosePrototype(studio.crystals, "diamond", ["C"]);
  refreshCrystal(studio);
  turn(studio, 1);
  turn(studio, 2);
  expect(waiting).toHaveLength(1);
  await answer(trialOf());
  expect(knownTrial(studio.crystals.getState())).toBeNull();
  expect(studio.crystals.getState().trial?.trial).not.toBeNull();
  expect(waiting).toHaveLength(1);
  const asked = await answer(trialOf());
  expect(asked.params).toMatchObject({ design: { strain: [0.02, 0.02, 0.02, 0, 0, 0] } });
  expect(waiting).toHaveLength(0);
  expect(knownTrial(studio.crystals.getState())).not.toBeNull();
  // Turned back it is the undistorted crystal, which is asked for anew.
  restKnobs(studio.crystals);
  refreshCrystal(studio);
  expect(waiting).toHaveLength(1);
});

test("a crystal that cannot be built leaves the last one on view and says why", async () => {
  const { studio, answer } = await start();
  choosePrototype(studio.crystals, "diamond", ["C"]);
  refreshCrystal(studio);
  await answer(trialOf());
  turn(studio, 3);
  await answer(null, new StudioError("INVALID_PARAMETER", "no such crystal"));
  const state = studio.crystals.getState();
  expect(knownTrial(state)).toBeNull();
  expect(state.trial?.error?.message).toBe("no such crystal");
  expect(state.trial?.trial?.density).toBe(3.5);
  keepCrystal(studio.crystals);
  expect(studio.crystals.getState().kept).toEqual([]);
  expect(await addCrystals(studio, { as: "candidates" })).toBe(false);
});

test("a session gives lifts, which are of the design that was asked about only", async () => {
  const { fake, studio, waiting, answer } = await start();
  choosePrototype(studio.crystals, "diamond", ["C"]);
  fake.manual = true;
  const opening = openCrystals(studio, wantedOf(studio));
  await settle();
  const job = fake.jobs.at(-1);
  expect(job).toMatchObject({
    kind: "crystals",
    question: { variant: "baseline", targets: [0, 1] },
  });
  const opened = {
    variant: "baseline",
    targets: [],
    lpr: [],
    map: null,
    diagnostics: [],
  };
  const jobId = studio.jobs.getState().jobs[0]?.id ?? "";
  fake.push({ type: "jobDone", jobId, result: null, crystals: opened });
  await opening;
  expect(waiting.map(({ method }) => method)).toEqual(["crystalTrial", "crystalEffect"]);
  await answer(trialOf());
  await answer(EFFECT);
  expect(knownEffect(studio.crystals.getState())?.effect).toEqual(EFFECT);
  turn(studio, 1);
  expect(knownEffect(studio.crystals.getState())).toBeNull();
  expect(studio.crystals.getState().effect).not.toBeNull();
  fake.emit("engineLost", { reason: "gone" });
  expect(studio.crystals.getState()).toMatchObject({
    phase: "closed",
    session: null,
    effect: null,
  });
});

test("a session that another was asked for instead is of no interest", async () => {
  const { fake, studio } = await start();
  fake.manual = true;
  const first = openCrystals(studio, wantedOf(studio));
  await settle();
  const firstId = studio.jobs.getState().jobs[0]?.id ?? "";
  const asked: string[] = [];
  const { connection } = studio;
  const request = connection.request.bind(connection);
  connection.request = (method, params) => {
    asked.push(method);
    return request(method, params);
  };
  const second = openCrystals(studio, wantedOf(studio));
  await settle();
  // The job under way is ended before the next begins, whose session is the one that counts.
  expect(asked).toContain("cancel");
  const ids = studio.jobs.getState().jobs.map(({ id }) => id);
  const opened = { variant: "baseline", targets: [], lpr: [], map: null, diagnostics: [] };
  fake.push({ type: "jobDone", jobId: firstId, result: null, crystals: opened });
  await settle();
  expect(studio.crystals.getState()).toMatchObject({ phase: "opening", session: null });
  const secondId = ids.find((id) => id !== firstId) ?? "";
  fake.push({ type: "jobDone", jobId: secondId, result: null, crystals: opened });
  await Promise.all([first, second]);
  expect(studio.crystals.getState()).toMatchObject({ phase: "open", session: { id: secondId } });
});

test("a crystal becomes a dataset and a variant in one step of undo", async () => {
  const written: unknown[] = [];
  const { studio, answer } = await start({
    saveStructures: (request) => {
      written.push(request);
      return Promise.resolve({ path: "/data/made.xyz", name: "made.xyz" });
    },
  });
  choosePrototype(studio.crystals, "diamond", ["C"]);
  refreshCrystal(studio);
  await answer(trialOf());
  const { document: before } = studio.project.getState();
  const adding = addCrystals(studio, { as: "variant", base: "baseline" });
  await settle();
  const asked = await answer([{ name: "crystals.xyz", text: "2\n" }]);
  expect(asked).toMatchObject({ method: "crystalFiles", params: { withPoscar: false } });
  expect(await adding).toBe(true);
  expect(written).toEqual([
    { text: "2\n", suggestedName: "p-crystals.xyz", inUse: ["train.xyz", "film.xyz"] },
  ]);
  const { document } = studio.project.getState();
  expect(document.datasets["made"]).toMatchObject({ path: "/data/made.xyz" });
  expect(document.variants?.at(-1)).toEqual({
    name: "+diamond",
    base: "baseline",
    add: [{ dataset: "made" }],
  });
  undoDocument(studio.project);
  expect(studio.project.getState().document).toEqual(before);
});

test("what fails is said in the dialog, and nothing is added", async () => {
  const { studio, answer } = await start({
    saveStructures: () =>
      Promise.reject(
        new StudioError("INVALID_PARAMETER", "made.xyz is in use.", { remedy: "Choose another." }),
      ),
  });
  choosePrototype(studio.crystals, "diamond", ["C"]);
  refreshCrystal(studio);
  await answer(trialOf());
  keepCrystal(studio.crystals);
  keepCrystal(studio.crystals);
  expect(studio.crystals.getState().kept).toHaveLength(1);
  const { document } = studio.project.getState();
  const attempt = (as: "candidates" | "variant", base = "gone") =>
    attemptCrystals(studio, () => addCrystals(studio, as === "variant" ? { as, base } : { as }));
  expect(await attempt("variant")).toBe(false);
  expect(studio.crystals.getState().outcome?.text).toContain("“gone” is not in the project");
  const adding = attempt("candidates");
  await settle();
  await answer([{ name: "crystals.xyz", text: "2\n" }]);
  expect(await adding).toBe(false);
  expect(studio.crystals.getState()).toMatchObject({
    outcome: { kind: "failed", text: "made.xyz is in use. Choose another." },
    kept: [{}],
  });
  expect(studio.project.getState().document).toBe(document);
  await startNewProject(studio);
  expect(studio.crystals.getState()).toMatchObject({ design: null, kept: [] });
});

test("what can be made follows the elements of the files", () => {
  const summaries = { a: { ...summaryOf("a", [2]), species: [33, 31] }, b: summaryOf("b", [1]) };
  expect(offeredSpecies(summaries)).toEqual(["C", "Ga", "As"]);
  expect(fillablePrototypes(1)).not.toContain("zincblende");
  expect(fillablePrototypes(2)).toContain("zincblende");
  expect(fittingSpecies("zincblende", ["C", "Ga", "As"], ["As"])).toEqual(["As", "C"]);
  expect(fittingSpecies("diamond", ["C", "Ga"], ["Si"])).toEqual(["C"]);
  const imported = { ...FILM_PROJECT, descriptor: { type: "features" } } as const;
  expect(missingForLifts(imported, [])).toContain("imported");
  expect(missingForLifts(FILM_PROJECT, [])).toContain("hidden");
});

test("verdicts say what was found, and why", () => {
  expect(verdictWords(trialOf())).toEqual({
    state: "yes",
    title: "Single environment",
    text: "C on Wyckoff position a.",
  });
  const { verdict } = trialOf();
  if (verdict.kind === "failed") throw new Error("no verdict");
  const orbits = [
    { wyckoff: "c", atoms: [0, 3] },
    { wyckoff: "d", atoms: [1, 2] },
  ];
  const split = { ...verdict, species: [{ symbol: "C", orbits }], soapSpread: 0.012 };
  expect(verdictWords(trialOf({ verdict: { ...split, kind: "several" } }))).toEqual({
    state: "no",
    title: "Not a single environment",
    text: "C on 2 orbits: atoms 1, 4 on c and 2, 3 on d. SOAP vectors up to 1.2e−2 apart.",
  });
  const blind = verdictWords(trialOf({ verdict: { ...split, kind: "disagree" } }));
  expect(blind.text).toContain("a cutoff of 3.7 Å does not tell them apart");
  const near = { ...verdict, kind: "disagree", soapSpread: 1e-4 } as const;
  expect(verdictWords(trialOf({ verdict: near })).text).toContain("nearly symmetric");
  expect(overlapWarning(trialOf())).toBeNull();
  const close = trialOf({ shortest: { distance: 1, relative: 0.6 } });
  expect(overlapWarning(close)).toContain("1.00 Å apart");
});

test("lifts are means in percent, places are told apart, crosses stay in view", () => {
  const [low, high] = meanLifts(EFFECT);
  expect(low).toBeCloseTo(10, 12);
  expect(high).toBeCloseTo(10, 12);
  expect(distinctPlaces(EFFECT.places)).toEqual([{ x: 0.5, y: 0.25, atom: 0 }]);
  expect(distinctPlaces(Float64Array.of(0, 0, 0.1, 0))).toHaveLength(2);
  expect(distinctPlaces(null)).toEqual([]);
  const box = boxWithMarks([], [{ label: "", x: 3, y: -5 }]);
  expect(box.x1).toBeGreaterThan(3);
  expect(box.y0).toBeLessThan(-5);
});

test("crosses of a compound say which element each is", () => {
  const species = Uint8Array.of(31, 31, 33);
  const compound = trialOf({ structure: { ...chainStructure(3), species } });
  const places = distinctPlaces(Float64Array.of(0, 0, 0, 0, 1, 1));
  expect(placeLabels(places, compound, "zincblende")).toEqual(["zincblende, Ga", "zincblende, As"]);
  // Of one element the second place is another orbit, which has no name.
  const split = distinctPlaces(Float64Array.of(0, 0, 1, 1));
  expect(placeLabels(split, trialOf(), "diamond")).toEqual(["diamond", ""]);
});

test("lifts are shown with the digits they have, and called exact as far as those go", () => {
  expect(liftDecimals([55.5])).toBe(2);
  expect(liftDecimals([0.0312])).toBe(4);
  expect(liftDecimals([0])).toBe(2);
  expect(accuracyWords(EFFECT)).toEqual({ isExact: true, bound: "1e−7 %", decimals: 2 });
  const rough = { ...EFFECT, liftErrors: [new Float64Array(6).fill(1e-4), Float64Array.of(0)] };
  expect(accuracyWords(rough)).toEqual({ isExact: false, bound: "1e−2 %", decimals: 2 });
  const tiny = { ...rough, lifts: [new Float64Array(6).fill(1.3e-6), Float64Array.of(0)] };
  expect(accuracyWords(tiny).decimals).toBe(2);
  const coarse = { ...EFFECT, liftErrors: [new Float64Array(6).fill(3e-3), Float64Array.of(0)] };
  expect(accuracyWords(coarse).decimals).toBe(1);
});
