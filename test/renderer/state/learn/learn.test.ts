import { describe, expect, it } from "vitest";
import { xAfterKey } from "../../../../renderer/learn/xAfterKey.ts";
import { learnCsv, parabolaCsv } from "../../../../renderer/state/learn/learnCsv.ts";
import { STORIES } from "../../../../renderer/learn/stories.ts";
import {
  addMember,
  addSingleEnvironmentGroup,
  addSmallGroup,
  holdAt,
  isAddedGroup,
  keepAsBefore,
  moveMember,
  removeGroup,
  removeMember,
  setRegularizer,
  setRows,
} from "../../../../renderer/state/learn/learnEdits.ts";
import {
  computeLearnModel,
  isEdited,
  lprCurves,
  lprCurvesBefore,
  lprOfMember,
  scenarioSetup,
} from "../../../../renderer/state/learn/learnModel.ts";
import {
  changeLearn,
  createLearnStore,
  endLearnGesture,
  listMembers,
  redoLearn,
  startScenario,
  undoLearn,
  wakeLearn,
} from "../../../../renderer/state/learn/learnStore.ts";
import { evenGrid } from "../../../../src/toy/toyProfile.ts";
import { TOY_SCENARIOS } from "../../../../src/toy/toyScenarios.ts";

const FIRST = { group: 0, type: 0, member: 0 };

function awake() {
  let time = 0;
  const store = createLearnStore(() => (time += 4));
  wakeLearn(store);
  return store;
}

describe("changes of the toy model", () => {
  const setup = scenarioSetup("four-groups");

  it("move a member within what is drawn, to three decimals", () => {
    const xOf = (x: number) => moveMember(setup, FIRST, x).system.groups[0]?.x[0]?.[0];
    expect(xOf(0.12345)).toBe(0.123);
    expect(xOf(7)).toBe(1);
    expect(moveMember(setup, FIRST, 0.091)).toBe(setup);
    expect(setup.system.groups[0]?.x[0]?.[0]).toBe(0.091);
  });

  it("add and remove members at the cursor, but never the last of a group", () => {
    const more = addMember(holdAt(setup, -0.3), 1, 0);
    expect(more.system.groups[1]?.x[0]).toEqual([0.707, 0.713, -0.674, -0.527, -0.3]);
    const alone = addSmallGroup(setup);
    const place = { group: 4, type: 0, member: 0 };
    expect(alone.system.groups[4]?.x[0]).toEqual([0.2]);
    expect(removeMember(alone, place)).toBe(alone);
    expect(removeMember(setup, FIRST).system.groups[0]?.x[0]).toEqual([0.375, -0.376, 0.019]);
  });

  it("add a single-environment group that is marked until it is kept as before", () => {
    const single = addSingleEnvironmentGroup(holdAt(setup, 0.5));
    expect(single.system.groups[4]?.x[0]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
    expect(single.groupIds.map((_, group) => isAddedGroup(single, group))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    const fewer = removeGroup(single, 0);
    expect(isAddedGroup(fewer, 3)).toBe(true);
    const kept = keepAsBefore(fewer);
    expect(isAddedGroup(kept, 3)).toBe(false);
    expect(kept.before).toBe(fewer.system);
  });

  it("never remove the last group", () => {
    let only = setup;
    for (let i = 0; i < 6; i += 1) only = removeGroup(only, 0);
    expect(only.system.groups).toHaveLength(1);
  });
});

describe("what is drawn", () => {
  it.each(TOY_SCENARIOS)("has a curvature that is the LPR: %s", (scenario) => {
    const model = computeLearnModel(scenarioSetup(scenario), null);
    expect(model.fits.curvature / model.fits.lpr).toBeCloseTo(1, 6);
    expect(model.fan).toHaveLength(9);
    const least = Math.min(...model.fits.fits.map(({ loss }) => loss));
    expect(least / model.fits.loss).toBeCloseTo(1, 6);
  });

  it("has a peak of about 1 where a single environment joined, ten times what it was", () => {
    const model = computeLearnModel(scenarioSetup("single-environment"), null);
    expect(lprOfMember(model, { group: 4, type: 0, member: 2 })).toBeCloseTo(1, 1);
    expect(model.fits.lpr).toBeGreaterThan(10 * model.beforeFits.lpr);
  });

  it.each([
    ["mean", 1],
    ["sqrt", 5],
    ["sum", 25],
  ] as const)("says the LPR of five equal members: rows %s, %d", (rows, least) => {
    const model = computeLearnModel(setRows(scenarioSetup("single-environment"), rows), null);
    expect(model.fits.lpr / least).toBeGreaterThan(1);
    expect(model.fits.lpr / least).toBeLessThan(1.05);
    expect(STORIES["single-environment"].text(rows)).toContain(`about ${String(least)} `);
  });

  it("rises on both types when a group of one joins", () => {
    const model = computeLearnModel(scenarioSetup("two-types"), null);
    for (const type of [0, 1]) {
      const after = model.profile.curves[type]?.lpr[108] ?? 0;
      expect(after).toBeGreaterThan(10 * (model.before.curves[type]?.lpr[108] ?? Infinity));
    }
  });

  it("has less LPR on two phases than between them before, and more on both after", () => {
    const { profile, before } = computeLearnModel(scenarioSetup("two-phases"), null);
    const at = (lpr: Float64Array | undefined, x: number) =>
      lpr?.[Math.round(120 * (x + 1))] ?? NaN;
    for (const phase of [-0.5, 0.5]) {
      const then = at(before.curves[0]?.lpr, phase);
      expect(then).toBeLessThan(at(before.curves[0]?.lpr, 0));
      expect(at(profile.curves[0]?.lpr, phase)).toBeGreaterThan(10 * then);
    }
  });

  it("knows the LPR of members whose peaks are narrower than its grid, and draws them", () => {
    // One group: H = g gᵀ + μI, inverted by Sherman and Morrison.
    const members = [0.123, -0.456, 0.789];
    const regularizer = 1e-12;
    const start = scenarioSetup("four-groups");
    const setup = {
      ...start,
      system: { ...start.system, regularizer, groups: [{ x: [members] }] },
      groupIds: [0],
    };
    const powers = (x: number) => Array.from({ length: 9 }, (_, j) => x ** j);
    const g = powers(0).map(
      (_, j) => members.reduce((sum, x) => sum + (powers(x)[j] ?? 0), 0) / members.length,
    );
    const dot = (a: number[], b: number[]) => a.reduce((sum, v, j) => sum + v * (b[j] ?? 0), 0);
    const closed = (x: number) => {
      const phi = powers(x);
      // |φ|² − (g·φ)²/(μ + |g|²), with the part of φ off g formed explicitly.
      const along = dot(g, phi) / dot(g, g);
      const off = phi.map((v, j) => v - along * (g[j] ?? 0));
      const rest = (along ** 2 * dot(g, g) * regularizer) / (regularizer + dot(g, g));
      return regularizer / (dot(off, off) + rest);
    };
    const model = computeLearnModel(setup, null);
    const [curve] = lprCurves(model);
    members.forEach((x, member) => {
      const lpr = lprOfMember(model, { group: 0, type: 0, member });
      expect(lpr / closed(x)).toBeCloseTo(1, 9);
      expect(curve?.lpr[curve.x.indexOf(x)]).toBe(lpr);
    });
    expect(curve?.lpr[curve.x.indexOf(0.2)]).toBe(model.fits.lpr);
    expect(model.fits.lpr / closed(0.2)).toBeCloseTo(1, 9);
    evenGrid(-1, 1, 241).forEach((x, i) => {
      expect((model.profile.curves[0]?.lpr[i] ?? NaN) / closed(x)).toBeCloseTo(1, 9);
    });
  });

  it("draws peaks that no point of the grid has", () => {
    const setup = setRegularizer(scenarioSetup("two-phases"), 1e-12);
    const model = computeLearnModel(setup, null);
    const highest = (values: ArrayLike<number> = []) => Math.max(...Array.from(values));
    const drawn = highest(lprCurves(model)[0]?.lpr);
    expect(drawn).toBeGreaterThan(2 * highest(model.profile.curves[0]?.lpr));
    expect(lprCurvesBefore(model)[0]?.x.length).toBe(241 + 36 + 1);
  });

  it("takes from the last model what a change leaves alone, and is the same as computed anew", () => {
    const setup = scenarioSetup("two-phases");
    const first = computeLearnModel(setup, null);
    const held = computeLearnModel(holdAt(setup, -0.5), first);
    expect(held.profile).toBe(first.profile);
    expect(held.before).toBe(first.before);
    expect(held.fits.lpr).not.toBe(first.fits.lpr);
    const stronger = computeLearnModel(setRegularizer(held.setup, 1e-2), held);
    expect(stronger.before).toBe(first.before);
    expect(stronger.beforeFits).toBe(held.beforeFits);
    expect(stronger).toEqual(computeLearnModel(stronger.setup, null));
  });

  it("changes with the rows of the groups, those of the thin line too", () => {
    const setup = scenarioSetup("four-groups");
    const mean = computeLearnModel(setup, null);
    const sum = computeLearnModel(setRows(setup, "sum"), null);
    expect(sum.fits.lpr).toBeGreaterThan(1.2 * mean.fits.lpr);
    expect(sum.beforeFits.lpr).toBe(sum.fits.lpr);
  });

  it("knows whether it is still the figure", () => {
    const setup = scenarioSetup("two-types");
    expect(isEdited(holdAt(setup, 0.3))).toBe(false);
    expect(isEdited(setRegularizer(setup, 1e-3))).toBe(true);
    expect(isEdited(moveMember(setup, FIRST, 0.3))).toBe(true);
  });

  it("gives the parabola as a table: what was trained anew is what the LPR says", () => {
    const [head, ...rows] = parabolaCsv(computeLearnModel(scenarioSetup("two-types"), null))
      .trimEnd()
      .split("\n");
    expect(head).toBe("held_x,held_type,epsilon,loss,loss_from_lpr,loss_before");
    expect(rows).toHaveLength(25);
    for (const row of rows) {
      const [x, type, , loss, fromLpr] = row.split(",");
      expect([x, type]).toEqual(["0", "alpha"]);
      expect(Number(loss) / Number(fromLpr)).toBeCloseTo(1, 8);
    }
  });

  it("is copied as a table with one row for each x", () => {
    const lines = learnCsv(computeLearnModel(scenarioSetup("two-types"), null)).split("\n");
    expect(lines[0]).toBe(
      [
        "x",
        ...["alpha", "beta"].flatMap((type) => [
          `target_${type}`,
          `prediction_before_${type}`,
          `lpr_before_${type} (rows: mean)`,
          `prediction_${type}`,
          `lpr_${type} (rows: mean)`,
        ]),
      ].join(","),
    );
    expect(lines).toHaveLength(1 + 241 + 1);
    expect(
      lines
        .slice(1, -1)
        .every((line) => line.split(",").every((n) => n !== "" && Number.isFinite(Number(n)))),
    ).toBe(true);
  });
});

describe("keys of marks and cursor", () => {
  const plain = { shiftKey: false, altKey: false };
  it.each([
    ["ArrowRight", {}, 0.21],
    ["ArrowDown", {}, 0.19],
    ["ArrowLeft", { shiftKey: true }, 0.1],
    ["ArrowUp", { altKey: true }, 0.201],
    ["PageUp", {}, 0.3],
    ["PageDown", {}, 0.1],
    ["Home", {}, -1],
    ["End", {}, 1],
  ])("%s", (key, modifiers, x) => {
    expect(xAfterKey({ ...plain, ...modifiers, key }, 0.2)).toBeCloseTo(x, 12);
  });

  it("leaves other keys alone", () => {
    expect(xAfterKey({ ...plain, key: "a" }, 0.2)).toBeNull();
  });
});

describe("undo in the Learn view", () => {
  it("takes a whole drag back at once, and the next drag by itself", () => {
    const store = awake();
    const start = store.getState().setup;
    for (const x of [0.1, 0.2, 0.3]) changeLearn(store, (s) => moveMember(s, FIRST, x), "drag 1");
    endLearnGesture(store);
    const between = store.getState().setup;
    for (const x of [0.4, 0.5]) changeLearn(store, (s) => moveMember(s, FIRST, x), "drag 1");
    expect(store.getState().undoable).toHaveLength(2);
    undoLearn(store);
    expect(store.getState().setup).toBe(between);
    undoLearn(store);
    expect(store.getState().setup).toBe(start);
    undoLearn(store);
    redoLearn(store);
    redoLearn(store);
    expect(store.getState().setup.system.groups[0]?.x[0]?.[0]).toBe(0.5);
    expect(store.getState().model?.setup).toBe(store.getState().setup);
  });

  it("also takes a scenario back, and forgets what was undone after a new change", () => {
    const store = awake();
    startScenario(store, "two-types");
    undoLearn(store);
    expect(store.getState().setup.scenario).toBe("four-groups");
    changeLearn(store, (s) => holdAt(s, -0.9));
    expect(store.getState().redoable).toEqual([]);
  });

  it("keeps a member chosen that exists", () => {
    const store = awake();
    store.setState({ chosen: { group: 3, type: 0, member: 3 } });
    changeLearn(store, (s) => removeMember(s, { group: 3, type: 0, member: 3 }));
    expect(store.getState().chosen).toEqual({ group: 3, type: 0, member: 2 });
    changeLearn(store, (s) => removeGroup(s, 3));
    expect(store.getState().chosen).toEqual({ group: 2, type: 0, member: 2 });
    expect(listMembers(store.getState().setup)).toHaveLength(12);
  });

  it("tells the time of a change, and keeps the last model when one cannot be trained", () => {
    const store = awake();
    expect(store.getState().milliseconds).toBe(0);
    changeLearn(store, (s) => holdAt(s, 0.9));
    expect(store.getState().milliseconds).toBe(4);
    const { model } = store.getState();
    changeLearn(store, (s) => setRegularizer(s, Number.NaN));
    expect(store.getState().problem).not.toBeNull();
    expect(store.getState().model).toBe(model);
    undoLearn(store);
    expect(store.getState().problem).toBeNull();
  });
});
