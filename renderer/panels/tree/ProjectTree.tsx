import { IconDatabase, IconEye, IconEyeOff, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode } from "react";
import { reorderTargets, reorderVariants } from "../../state/grid/gridActions.ts";
import { usePlace } from "../grid/usePlacing.ts";
import { useRowDrag } from "./useRowDrag.ts";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
import { StateMark } from "../../components/StateMark.tsx";
import { Tooltip } from "../../components/Tooltip.tsx";
import { variantStates, type VariantState } from "../../state/results/resultStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { showDrawer } from "../../state/grid/viewStore.ts";
import { hiddenTargets, hiddenVariants } from "../../state/grid/gridPlaces.ts";
import {
  toggleTargetShown,
  toggleVariantShown,
  type Placed,
} from "../../state/grid/gridPlacing.ts";
import { HistoryFooter } from "./HistoryFooter.tsx";
import { ModelSection } from "./ModelSection.tsx";
import { SavedSelectionsSection } from "../selection/SavedSelectionsSection.tsx";
import { TreeEmpty, TreeSection } from "./TreeSection.tsx";
import { DatasetMenu, TargetMenu, VariantMenu } from "./TreeMenus.tsx";
import { UnreadTargets } from "./UnreadTargets.tsx";

/** Data, Model, Variants, Targets. Up and Down go from row to row, Left and Right fold sections. */
export function ProjectTree(): ReactNode {
  return (
    <nav
      className="tree"
      data-region
      tabIndex={-1}
      aria-label="Project"
      onKeyDown={moveBetweenRows}
    >
      <div className="tree-sections">
        <DataSection />
        <ModelSection />
        <VariantSection />
        <TargetSection />
        <SavedSelectionsSection />
      </div>
      <HistoryFooter />
    </nav>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-tree-row]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at + (event.key === "ArrowDown" ? 1 : -1)] ?? rows[0];
  next?.focus();
  event.preventDefault();
}

function DataSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const datasets = useStore(studio.project, (state) => state.document.datasets);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const failures = useStore(studio.datasets, (state) => state.failures);
  const names = Object.keys(datasets);
  return (
    <TreeSection
      title="Data"
      drop="candidates"
      action={
        <IconButton
          label="Open files"
          shortcut="Mod+O"
          icon={<IconPlus size={16} stroke={1.5} />}
          onClick={() => {
            run("project.open");
          }}
        />
      }
    >
      {names.length === 0 ? <TreeEmpty text="No files yet" /> : null}
      {names.map((name) => {
        const summary = summaries[name];
        const failure = failures[name];
        const line = failure?.location?.line;
        const count =
          failure !== undefined
            ? line === undefined
              ? "not read"
              : `line ${String(line)}`
            : summary === undefined
              ? "reading"
              : formatCount(summary.nStructures);
        const label = datasets[name]?.label ?? summary?.fileName ?? name;
        return (
          <DatasetMenu key={name} dataset={name}>
            <button
              type="button"
              className="tree-row"
              data-tree-row
              data-failed={failure !== undefined}
              title={
                summary === undefined
                  ? label
                  : `${label}: ${formatPlural(summary.nStructures, "structure", "structures")}, ${formatCount(summary.nAtoms)} atoms`
              }
              onClick={() => {
                if (failure !== undefined) showDrawer(studio.view, "problems");
              }}
            >
              {failure === undefined ? (
                <IconDatabase size={14} stroke={1.5} />
              ) : (
                <StateMark state="failed" />
              )}
              <span className="ellipsis">{label}</span>
              <span className="tree-count">{count}</span>
            </button>
          </DatasetMenu>
        );
      })}
    </TreeSection>
  );
}

function EyeButton(props: {
  readonly name: string;
  readonly visible: boolean;
  readonly onClick: () => void;
}): ReactNode {
  const Eye = props.visible ? IconEye : IconEyeOff;
  return (
    <Tooltip text={props.visible ? "Shown in the grid" : "Not shown in the grid"}>
      <button
        type="button"
        className="tree-eye"
        aria-label={`Show ${props.name}`}
        aria-pressed={props.visible}
        onClick={props.onClick}
      >
        <Eye size={14} stroke={1.5} />
      </button>
    </Tooltip>
  );
}

function variantPlaced(name: string | undefined): Placed | null {
  return name === undefined ? null : { kind: "variant", name };
}

function targetPlaced(row: string | undefined): Placed | null {
  return row === undefined ? null : { kind: "target", row };
}

function VariantSection(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const hidden = hiddenVariants(document);
  const { activeVariant, columns, property } = useScene();
  const workspace = useStore(studio.view, (state) => state.workspace);
  const showsColumns = property.perVariant && workspace !== "whatIf";
  const states = variantStates(document, results, jobs);
  const variants = document.variants ?? [];
  const place = usePlace();
  const drag = useRowDrag(
    variants.length,
    (from, to) => {
      reorderVariants(studio, from, to);
    },
    { placedOf: (index) => variantPlaced(variants[index]?.name), place },
  );
  return (
    <TreeSection
      title="Variants"
      drop="training"
      action={
        <IconButton
          label="Add a variant"
          disabled={variants.length === 0}
          icon={<IconPlus size={16} stroke={1.5} />}
          onClick={() => {
            studio.view.setState({ dialog: "variant" });
          }}
        />
      }
    >
      {variants.length === 0 ? <TreeEmpty text="Baseline appears first" /> : null}
      {variants.map(({ name, description }, index) => {
        const state = states[name] ?? "notComputed";
        const visible = showsColumns ? columns.includes(name) : !hidden.has(name);
        return (
          <VariantMenu key={name} variant={name}>
            <div
              className="tree-row-with-eye"
              data-selected={name === activeVariant}
              data-gap={drag.props(index)["data-gap"]}
            >
              <button
                type="button"
                className="tree-row"
                onPointerDown={drag.props(index).onPointerDown}
                onKeyDown={drag.props(index).onKeyDown}
                data-tree-row
                aria-current={name === activeVariant}
                title={description ?? name}
                onClick={() => {
                  studio.view.setState({ activeVariant: name, activeDifference: null });
                }}
              >
                <StateMark state={state} />
                <span className="ellipsis">{name}</span>
                {state === "stale" ? <span className="tree-count">stale</span> : null}
              </button>
              <EyeButton
                name={name}
                visible={visible}
                onClick={() => {
                  toggleVariantShown(studio, name);
                }}
              />
            </div>
          </VariantMenu>
        );
      })}
    </TreeSection>
  );
}

function TargetSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const { targets, activeTarget } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const document = useStore(studio.project, (state) => state.document);
  const hidden = hiddenTargets(
    document,
    useStore(studio.view, (state) => state.laterTargets),
  );
  const stateOf = (target: TargetRow): VariantState =>
    result?.targets.some(
      (one) =>
        one.dataset === target.dataset && one.structureIndices.includes(target.structureIndex),
    ) === true
      ? "ready"
      : "notComputed";
  const place = usePlace();
  const drag = useRowDrag(
    targets.length,
    (from, to) => {
      reorderTargets(studio, targets, from, to);
    },
    { placedOf: (index) => targetPlaced(targets[index]?.row), place },
  );
  return (
    <TreeSection
      title="Targets"
      drop="targets"
      action={
        <IconButton
          label="Open structures to look at"
          shortcut="Mod+O"
          icon={<IconPlus size={16} stroke={1.5} />}
          onClick={() => {
            run("project.open");
          }}
        />
      }
    >
      <UnreadTargets isEmpty={targets.length === 0} />
      {targets.map((target, index) => (
        <TargetMenu key={target.key} target={target}>
          <div
            className="tree-row-with-eye"
            data-selected={target.row === activeTarget?.row}
            data-gap={drag.props(index)["data-gap"]}
          >
            <button
              type="button"
              className="tree-row"
              onPointerDown={drag.props(index).onPointerDown}
              onKeyDown={drag.props(index).onKeyDown}
              data-tree-row
              aria-current={target.row === activeTarget?.row}
              title={target.label}
              onClick={() => {
                studio.view.setState({ activeTarget: target.row });
              }}
            >
              <StateMark state={stateOf(target)} />
              <span className="ellipsis">{target.label}</span>
              <span className="tree-count">{formatCount(target.nAtoms)}</span>
            </button>
            <EyeButton
              name={target.label}
              visible={!hidden.has(target.row)}
              onClick={() => {
                toggleTargetShown(studio, target);
              }}
            />
          </div>
        </TargetMenu>
      ))}
    </TreeSection>
  );
}
