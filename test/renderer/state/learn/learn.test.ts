import { describe, expect, it } from "vitest";
import { learnCsv } from "../../../../renderer/state/learn/learnCsv.ts";
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
  lprAt,
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
import { toyProfile } from "../../../../src/toy/toyProfile.ts";
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
    expect(lprAt(model.profile, 0, 0.35)).toBeCloseTo(1, 1);
    expect(model.fits.lpr).toBeGreaterThan(10 * model.beforeFits.lpr);
  });

  it("rises on both types when a group of one joins", () => {
    const { profile, before } = computeLearnModel(scenarioSetup("two-types"), null);
    for (const type of [0, 1]) {
      expect(lprAt(profile, type, -0.1)).toBeGreaterThan(10 * lprAt(before, type, -0.1));
    }
  });

  it("reads the LPR of any x off the profile", () => {
    const setup = scenarioSetup("four-groups");
    const { profile } = computeLearnModel(setup, null);
    const exact = toyProfile(setup.system, Float64Array.of(0.1234)).curves[0]?.lpr[0] ?? 0;
    expect(lprAt(profile, 0, 0.1234) / exact).toBeCloseTo(1, 3);
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

  it("changes with the rows of the groups", () => {
    const setup = scenarioSetup("four-groups");
    const mean = computeLearnModel(setup, null).fits.lpr;
    expect(computeLearnModel(setRows(setup, "sum"), null).fits.lpr).toBeGreaterThan(1.2 * mean);
  });

  it("is copied as a table with one row for each x", () => {
    const lines = learnCsv(computeLearnModel(scenarioSetup("two-types"), null)).split("\n");
    expect(lines[0]).toBe(
      "x,target_alpha,prediction_before_alpha,lpr_before_alpha,prediction_alpha,lpr_alpha,target_beta,prediction_before_beta,lpr_before_beta,prediction_beta,lpr_beta",
    );
    expect(lines).toHaveLength(1 + 241 + 1);
    expect(
      lines
        .slice(1, -1)
        .every((line) => line.split(",").every((n) => n !== "" && Number.isFinite(Number(n)))),
    ).toBe(true);
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
