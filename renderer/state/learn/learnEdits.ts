/** Changes of the toy model, each a pure function of the setup. x stays within what is drawn. */
import type { ToyGroup, ToySystem } from "../../../src/toy/toySystem.ts";
import { LARGEST_X, type LearnSetup } from "./learnModel.ts";

/** A member of a group. */
export interface MemberPlace {
  readonly group: number;
  readonly type: number;
  readonly member: number;
}

/** How many equal members a single-environment group gets, as in Fig. 2. */
const SINGLE_ENVIRONMENT_SIZE = 5;

/** What the sliders and marks can reach, to three decimals. */
export function legalX(x: number): number {
  return Number(Math.min(LARGEST_X, Math.max(-LARGEST_X, x)).toFixed(3));
}

function withGroups(setup: LearnSetup, groups: ToySystem["groups"]): LearnSetup {
  return { ...setup, system: { ...setup.system, groups } };
}

function withMembers(
  setup: LearnSetup,
  { group, type }: Pick<MemberPlace, "group" | "type">,
  change: (members: readonly number[]) => readonly number[],
): LearnSetup {
  const { groups } = setup.system;
  const lists = groups[group]?.x;
  if (lists?.[type] === undefined) return setup;
  const x = lists.map((members, index) => (index === type ? change(members) : members));
  return withGroups(
    setup,
    groups.map((one, index) => (index === group ? { x } : one)),
  );
}

export function memberX(setup: LearnSetup, { group, type, member }: MemberPlace): number | null {
  return setup.system.groups[group]?.x[type]?.[member] ?? null;
}

export function sizeOf(group: ToyGroup): number {
  return group.x.reduce((sum, members) => sum + members.length, 0);
}

export function moveMember(setup: LearnSetup, place: MemberPlace, x: number): LearnSetup {
  const to = legalX(x);
  if (memberX(setup, place) === to) return setup;
  return withMembers(setup, place, (members) =>
    members.map((old, index) => (index === place.member ? to : old)),
  );
}

/** Adds a member at the cursor. */
export function addMember(setup: LearnSetup, group: number, type: number): LearnSetup {
  return withMembers(setup, { group, type }, (members) => [...members, setup.held.x]);
}

/** The last member of a group stays: a group of nothing has no total. */
export function canRemoveMember(setup: LearnSetup, { group }: Pick<MemberPlace, "group">): boolean {
  const one = setup.system.groups[group];
  return one !== undefined && sizeOf(one) > 1;
}

export function removeMember(setup: LearnSetup, place: MemberPlace): LearnSetup {
  if (!canRemoveMember(setup, place)) return setup;
  return withMembers(setup, place, (members) =>
    members.filter((_, index) => index !== place.member),
  );
}

function addGroup(setup: LearnSetup, members: readonly number[]): LearnSetup {
  const x = setup.system.types.map((_, type) => (type === setup.held.type ? members : []));
  const id = Math.max(-1, ...setup.groupIds, ...setup.beforeIds) + 1;
  return {
    ...withGroups(setup, [...setup.system.groups, { x }]),
    groupIds: [...setup.groupIds, id],
  };
}

/** A group of one member at the cursor, to which others can be added. */
export function addSmallGroup(setup: LearnSetup): LearnSetup {
  return addGroup(setup, [setup.held.x]);
}

/** A group of equal members at the cursor: what a crystal with one Wyckoff position is. */
export function addSingleEnvironmentGroup(setup: LearnSetup): LearnSetup {
  return addGroup(setup, new Array<number>(SINGLE_ENVIRONMENT_SIZE).fill(setup.held.x));
}

/** The last group stays: without totals there is nothing to train on. */
export function removeGroup(setup: LearnSetup, group: number): LearnSetup {
  if (setup.system.groups.length < 2) return setup;
  return {
    ...withGroups(
      setup,
      setup.system.groups.filter((_, index) => index !== group),
    ),
    groupIds: setup.groupIds.filter((_, index) => index !== group),
  };
}

export function setRegularizer(setup: LearnSetup, regularizer: number): LearnSetup {
  return { ...setup, system: { ...setup.system, regularizer } };
}

/** Of both sets: values of different row conventions cannot be compared. */
export function setRows(setup: LearnSetup, rows: ToySystem["rows"]): LearnSetup {
  return {
    ...setup,
    system: { ...setup.system, rows },
    before: { ...setup.before, rows },
  };
}

export function holdAt(setup: LearnSetup, x: number, type = setup.held.type): LearnSetup {
  const held = { x: legalX(x), type };
  if (held.x === setup.held.x && held.type === setup.held.type) return setup;
  return { ...setup, held };
}

/** The thin line becomes what is drawn now. */
export function keepAsBefore(setup: LearnSetup): LearnSetup {
  return { ...setup, before: setup.system, beforeIds: setup.groupIds };
}

/** Whether a group is not part of the set of the thin line. */
export function isAddedGroup(setup: LearnSetup, group: number): boolean {
  const id = setup.groupIds[group];
  return id !== undefined && !setup.beforeIds.includes(id);
}
