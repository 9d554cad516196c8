import { IconPlus, IconTrash, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { ToySystem } from "../../src/toy/toySystem.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { Button, IconButton } from "../components/Button.tsx";
import { Segmented, Slider } from "../components/Controls.tsx";
import { NumberField, within } from "../components/NumberField.tsx";
import {
  addMember,
  addSingleEnvironmentGroup,
  addSmallGroup,
  canRemoveMember,
  isAddedGroup,
  moveMember,
  removeGroup,
  removeMember,
  setRegularizer,
  setRows,
  sizeOf,
} from "../state/learn/learnEdits.ts";
import { LARGEST_X, type LearnSetup } from "../state/learn/learnModel.ts";
import {
  changeLearn,
  chooseMember,
  endLearnGesture,
  listMembers,
} from "../state/learn/learnStore.ts";
import {
  ADDED_COLOR,
  formatRegularizer,
  formatX,
  ofType,
  typeName,
  typeStyle,
} from "./learnStyle.ts";

/** Decades of μ that the slider covers. */
const REGULARIZER = { min: -8, max: 0, step: 0.1 } as const;

/** Nothing is learnt at 0 (more weights than totals); below and beyond this rounding decides. */
const REGULARIZER_RANGE = { least: 1e-16, most: 1e16 } as const;

/** What the model learns of a group with N members. */
const ROWS_NOTE: Readonly<Record<ToySystem["rows"], string>> = {
  mean: "Learns Y/N: every group counts alike.",
  sqrt: "Learns Y/√N: large groups count more.",
  sum: "Learns Y: large groups count most.",
};

function regularizerProblem(value: number): string | null {
  if (!(value > 0)) return "More than 0: the totals alone do not fix all weights";
  return within(REGULARIZER_RANGE.least, REGULARIZER_RANGE.most)(value);
}

/** Regulariser, row convention and the groups with their members. */
export function LearnEditor({ setup }: { readonly setup: LearnSetup }): ReactNode {
  const { learn } = useStudio();
  const chosen = useStore(learn, (state) => state.chosen);
  const { held, system } = setup;
  return (
    <aside className="learn-editor" data-region tabIndex={-1} aria-label="Toy model">
      <ModelFields system={system} />
      <section className="learn-groups" aria-label="Groups">
        <div className="learn-heading">
          <h2>Groups</h2>
          <IconButton
            label={`Add a group with one member at x = ${formatX(held.x)}`}
            icon={<IconPlus size={16} stroke={1.5} />}
            onClick={() => {
              changeLearn(learn, addSmallGroup);
            }}
          />
        </div>
        <ul>
          {system.groups.map((group, index) => (
            <li key={setup.groupIds[index]} data-open={chosen.group === index}>
              <GroupHeading setup={setup} index={index} isOpen={chosen.group === index} />
              {chosen.group === index ? (
                <div className="learn-members">
                  {group.x.map((_, type) => (
                    <Members key={type} setup={setup} group={index} type={type} />
                  ))}
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      <div className="learn-actions">
        <Button
          onClick={() => {
            changeLearn(learn, addSingleEnvironmentGroup);
          }}
        >
          Add single-environment group
        </Button>
        <p className="section-note">
          Five equal members at x = {formatX(held.x)}
          {ofType(setup, held.type)}.
        </p>
      </div>
    </aside>
  );
}

function ModelFields({ system }: { readonly system: ToySystem }): ReactNode {
  const { learn } = useStudio();
  const set = (regularizer: number, gesture: string | null): void => {
    changeLearn(learn, (setup) => setRegularizer(setup, regularizer), gesture);
  };
  return (
    <section aria-label="Model">
      <h2>Model</h2>
      <div className="field-row">
        <span className="field-label">Regulariser μ</span>
        <NumberField
          label="Regulariser μ"
          value={system.regularizer}
          step={system.regularizer / 10}
          check={regularizerProblem}
          onChange={(value) => {
            set(value, null);
          }}
        />
      </div>
      <div
        className="learn-slider"
        onPointerUp={() => {
          endLearnGesture(learn);
        }}
        onKeyUp={() => {
          endLearnGesture(learn);
        }}
      >
        <Slider
          label="Regulariser, power of ten"
          value={Math.log10(system.regularizer)}
          {...REGULARIZER}
          valueText={`μ = ${formatRegularizer(system.regularizer)}`}
          onChange={(power) => {
            set(Number((10 ** power).toPrecision(2)), "regularizer");
          }}
        />
        <div className="learn-slider-ends">
          <span>10⁻⁸</span>
          <span>1</span>
        </div>
        <p className="section-note">
          A larger μ lifts LPR and widens its peaks, but the totals are missed by more.
        </p>
      </div>
      <div className="field-row">
        <span className="field-label">Rows</span>
        <Segmented<ToySystem["rows"]>
          label="How the row of a group is scaled"
          value={system.rows}
          options={[
            { value: "mean", label: "1/N" },
            { value: "sqrt", label: "1/√N" },
            { value: "sum", label: "Sum" },
          ]}
          onChange={(rows) => {
            changeLearn(learn, (setup) => setRows(setup, rows));
          }}
        />
      </div>
      <p className="section-note">{ROWS_NOTE[system.rows]}</p>
    </section>
  );
}

function GroupHeading(props: {
  readonly setup: LearnSetup;
  readonly index: number;
  readonly isOpen: boolean;
}): ReactNode {
  const { learn } = useStudio();
  const { setup, index, isOpen } = props;
  const group = setup.system.groups[index];
  if (group === undefined) return null;
  const added = isAddedGroup(setup, index);
  return (
    <div className="learn-group">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          const first = listMembers(setup).find((place) => place.group === index);
          if (first !== undefined) chooseMember(learn, first);
        }}
      >
        <svg width="10" height="10" aria-hidden="true">
          <circle cx="5" cy="5" r="4" fill={added ? ADDED_COLOR : "var(--c-base)"} />
        </svg>
        Group {index + 1}
        <span className="muted">
          {added ? "added, " : ""}N = {sizeOf(group)}
        </span>
      </button>
      <IconButton
        label={`Remove group ${String(index + 1)}`}
        icon={<IconTrash size={14} stroke={1.5} />}
        disabled={setup.system.groups.length < 2}
        onClick={() => {
          changeLearn(learn, (old) => removeGroup(old, index));
        }}
      />
    </div>
  );
}

function Members(props: {
  readonly setup: LearnSetup;
  readonly group: number;
  readonly type: number;
}): ReactNode {
  const { learn } = useStudio();
  const { setup, group, type } = props;
  const members = setup.system.groups[group]?.x[type] ?? [];
  const name = setup.system.types[type]?.name ?? "";
  const isOnly = setup.system.types.length < 2;
  return (
    <>
      {isOnly ? null : (
        <p className="learn-type" style={{ color: typeStyle(type).color }}>
          Type {typeName(name)}
        </p>
      )}
      <ul aria-label={isOnly ? "Members" : `Members, type ${typeName(name)}`}>
        {members.map((x, member) => {
          const place = { group, type, member };
          const label = `x of member ${String(member + 1)} of group ${String(group + 1)}${ofType(setup, type)}`;
          return (
            <li key={member}>
              <NumberField
                label={label}
                value={x}
                step={0.01}
                check={within(-LARGEST_X, LARGEST_X)}
                onChange={(value) => {
                  changeLearn(learn, (old) => moveMember(old, place, value));
                }}
              />
              <IconButton
                label={`Remove member ${String(member + 1)}`}
                icon={<IconX size={12} stroke={1.5} />}
                disabled={!canRemoveMember(setup, place)}
                onClick={() => {
                  changeLearn(learn, (old) => removeMember(old, place));
                }}
              />
            </li>
          );
        })}
        <li>
          <button
            type="button"
            className="button small learn-add-member"
            onClick={() => {
              changeLearn(learn, (old) => addMember(old, group, type));
            }}
          >
            <IconPlus size={12} stroke={1.5} />
            Member
          </button>
        </li>
      </ul>
    </>
  );
}
