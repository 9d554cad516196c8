/** Designed crystals of the engine process: built, judged, written, tried against full computations. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CrystalOpened } from "../../../src/contract/crystals.ts";
import type { CrystalDesign } from "../../../src/crystals/crystalDesign.ts";
import { designOf } from "../../../src/crystals/designKnobs.ts";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { readPoscar } from "../../../src/formats/poscar.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import {
  extendedXyzText,
  smallDescriptor,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";
import { EngineUnderTest } from "../../support/engineUnderTest.ts";

let bundles: EngineBundles;
let folder: string;
let engine: EngineUnderTest;

beforeAll(async () => {
  bundles = await bundleEngine();
  folder = mkdtempSync(join(tmpdir(), "lpr-crystals-"));
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(structures));
  }
  engine = new EngineUnderTest(bundles.engine, folder);
  await engine.client.start();
});

afterAll(() => {
  engine.client.dispose();
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

const sheared = designOf("lonsdaleite", ["C"], { shearYZ: 4, isotropic: 2 });
const diamond = designOf("diamond", ["C"], {});

function start(document: ProjectDocument = smallProject): string {
  const question = { variant: "baseline" };
  return engine.startJob({ kind: "crystals", document, projectPath: null, question });
}

async function open(document?: ProjectDocument): Promise<{ session: string } & CrystalOpened> {
  const session = start(document);
  const end = await engine.end(session);
  if (end.type !== "jobDone" || end.crystals === undefined) throw new Error(JSON.stringify(end));
  return { session, ...end.crystals };
}

describe("a designed crystal", () => {
  it("is built and judged by the descriptor of the project, without a project", async () => {
    const trial = await engine.value("crystalTrial", {
      design: sheared,
      descriptor: smallDescriptor,
    });
    expect(trial).toMatchObject({ judgedBy: 2.8, verdict: { kind: "several" } });
    expect(trial.structure).toMatchObject({ nAtoms: 4, pbc: [true, true, true] });
    expect(trial.structure.coordination).toEqual(Uint8Array.of(4, 4, 4, 4));
    // Four neighbours each, every bond once.
    expect(trial.bonds.pairs).toHaveLength(2 * 8);
    expect(trial.bonds.shifts).toHaveLength(3 * 8);
    expect(trial.density).toBeCloseTo((12.011 * 1.66053907) / (trial.volumePerAtom ?? NaN), 3);
    expect(trial.source).toContain("Bundy");
    const own = await engine.value("crystalTrial", { design: diamond, descriptor: null });
    expect(own).toMatchObject({ judgedBy: 5, verdict: { kind: "single", spaceGroup: 227 } });
    expect(own.shortest.distance).toBeCloseTo((3.567 * Math.sqrt(3)) / 4, 9);
  });

  it("is written so that it reads back, with what it was found to be", async () => {
    const [xyz, poscar] = await engine.value("crystalFiles", {
      crystals: [
        { design: sheared, title: "lonsdaleite, strained", info: { mean_gain: 0.25 } },
        { design: diamond, title: "diamond", info: {} },
      ],
      descriptor: smallDescriptor,
      withPoscar: true,
    });
    const { structure } = await engine.value("crystalTrial", { design: sheared, descriptor: null });
    const [first, second] = readExtendedXyz(new TextEncoder().encode(xyz?.text));
    expect(first?.cell).toEqual(structure.cell);
    expect(Float32Array.from(first?.positions ?? [])).toEqual(structure.positions);
    expect(first?.info).toMatchObject({
      prototype: "lonsdaleite",
      mean_gain: 0.25,
      single_environment: false,
    });
    expect(second?.info).toMatchObject({ spacegroup: 227, single_environment: true });
    expect(poscar?.name).toBe("POSCAR-1-lonsdaleite-strained.vasp");
    expect(readPoscar(new TextEncoder().encode(poscar?.text)).nAtoms).toBe(4);
  });

  it("is refused with a reason where it cannot be", async () => {
    const wrong = (design: Partial<CrystalDesign>) =>
      expect(engine.value("crystalTrial", { design: { ...diamond, ...design }, descriptor: null }))
        .rejects;
    await wrong({ strain: [0.6, 0, 0, 0, 0, 0] }).toMatchObject({ code: "INVALID_PARAMETER" });
    await wrong({ strain: [7, 0, 0, 0, 0, 0] }).toMatchObject({
      message: expect.stringContaining("wrong arguments") as string,
    });
    await wrong({ prototype: "marble" as CrystalDesign["prototype"] }).toMatchObject({
      message: expect.stringContaining("wrong arguments") as string,
    });
    const bad = { ...smallDescriptor, cutoff: -1 };
    await expect(
      engine.value("crystalTrial", { design: diamond, descriptor: bad }),
    ).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  });
});

describe("a session of crystals", () => {
  it("gives the lift of a full computation, and a place on the map", async () => {
    const { session, targets, map, variant, lpr: before } = await open();
    expect(variant).toBe("baseline");
    expect(targets.map(({ label }) => label)).toEqual(["low", "high"]);
    const effect = await engine.value("crystalEffect", { session, design: sheared });
    const [file] = await engine.value("crystalFiles", {
      crystals: [{ design: sheared, title: "x", info: {} }],
      descriptor: smallDescriptor,
      withPoscar: false,
    });
    writeFileSync(join(folder, "crystal.xyz"), file?.text ?? "");
    const baseline = smallProject.variants?.[0];
    if (baseline === undefined) throw new Error("no variant");
    const end = await engine.end(
      engine.start("compute", {
        ...smallProject,
        datasets: { ...smallProject.datasets, crystal: { path: "crystal.xyz" } },
        variants: [baseline, { name: "with", base: "baseline", add: [{ dataset: "crystal" }] }],
      }),
    );
    if (end.type !== "jobDone" || end.result === null) throw new Error(JSON.stringify(end));
    const lpr = end.result.targets[0]?.lpr ?? new Float64Array(0);
    const found = effect.lifts.flatMap((lifts) => Array.from(lifts));
    expect(found).toHaveLength(16);
    const bounds = effect.liftErrors.flatMap((errors) => Array.from(errors));
    found.forEach((lift, k) => {
      const wrong = Math.abs(lift - ((lpr[16 + k] ?? NaN) / (lpr[k] ?? NaN) - 1));
      expect(wrong).toBeLessThan(1e-8);
      expect(wrong).toBeLessThanOrEqual(bounds[k] ?? NaN);
    });
    before
      .flatMap((values) => Array.from(values))
      .forEach((value, k) => {
        expect(value / (lpr[k] ?? NaN)).toBeCloseTo(1, 9);
      });
    const points = map?.points.flatMap((values) => Array.from(values)) ?? [];
    expect(points).toHaveLength(32);
    points.forEach((value, k) => {
      expect(value).toBeCloseTo(end.result?.targets[0]?.map?.[k] ?? NaN, 9);
    });
    expect(map?.explainedVariance).toEqual(end.result.map?.explainedVariance);
    expect(effect.places).toHaveLength(8);
    expect(effect.places?.every(Number.isFinite)).toBe(true);
    expect(effect.milliseconds).toBeGreaterThan(0);
  });

  it("ends when it is closed, gives way to another, and says so", async () => {
    const first = await open();
    const second = await open({ ...smallProject, maps: [] });
    expect(second.map).toBeNull();
    const ask = (session: string) => engine.value("crystalEffect", { session, design: diamond });
    await expect(ask(first.session)).rejects.toMatchObject({
      message: "The session of crystals is no longer open.",
    });
    expect((await ask(second.session)).places).toBeNull();
    expect(await engine.value("crystalClose", { session: second.session })).toEqual({
      closed: true,
    });
    await expect(ask(second.session)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
  });
});
