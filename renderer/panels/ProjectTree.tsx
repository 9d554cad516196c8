import {
  IconChevronDown,
  IconChevronRight,
  IconDatabase,
  IconEye,
  IconEyeOff,
  IconPlus,
  IconSettings,
} from "@tabler/icons-react";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio, useStudioContext } from "../app/StudioContext.tsx";
import { IconButton } from "../components/Button.tsx";
import { formatCount, formatPlural } from "../components/formatNumber.ts";
import { StateMark } from "../components/StateMark.tsx";
import { Tooltip } from "../components/Tooltip.tsx";
import { variantStates, type VariantState } from "../state/resultStore.ts";
import type { TargetRow } from "../state/targets.ts";
import { showDrawer, toggleTargetVisible, toggleVariantVisible } from "../state/viewStore.ts";
import { DatasetMenu, TargetMenu, VariantMenu } from "./TreeMenus.tsx";

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
      <DataSection />
      <ModelSection />
      <VariantSection />
      <TargetSection />
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

interface SectionProps {
  readonly title: string;
  readonly action: ReactNode;
  readonly drop?: "training" | "targets";
  readonly children: ReactNode;
}

function Section(props: SectionProps): ReactNode {
  const [open, setOpen] = useState(true);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className="tree-section" data-drop={props.drop}>
      <div className="tree-heading">
        <button
          type="button"
          data-tree-row
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowLeft") setOpen(false);
            if (event.key === "ArrowRight") setOpen(true);
          }}
        >
          <Chevron size={12} stroke={1.75} />
          {props.title}
        </button>
        {props.action}
      </div>
      {open ? <ul>{props.children}</ul> : null}
    </section>
  );
}

function Empty({ text }: { readonly text: string }): ReactNode {
  return <li className="tree-empty">{text}</li>;
}

function DataSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const datasets = useStore(studio.project, (state) => state.document.datasets);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const failures = useStore(studio.datasets, (state) => state.failures);
  const names = Object.keys(datasets);
  return (
    <Section
      title="Data"
      drop="training"
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
      {names.length === 0 ? <Empty text="No files yet" /> : null}
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
    </Section>
  );
}

function superscript(exponent: number): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return Array.from(String(exponent), (c) => (c === "-" ? "⁻" : (digits[Number(c)] ?? ""))).join(
    "",
  );
}

function formatPower(value: number): string {
  const exponent = Math.log10(value);
  return Number.isInteger(Number(exponent.toFixed(9))) && Math.abs(exponent) >= 2
    ? `10${superscript(Math.round(exponent))}`
    : String(value);
}

function ModelSection(): ReactNode {
  const studio = useStudio();
  const descriptor = useStore(studio.project, (state) => state.document.descriptor);
  const model = useStore(studio.project, (state) => state.document.model);
  const results = useStore(studio.results);
  const document = useStore(studio.project, (state) => state.document);
  const edit = (): void => {
    studio.view.setState({ dialog: "model" });
  };
  const isCurrent =
    results.source !== null &&
    results.source.descriptor === document.descriptor &&
    results.source.model === document.model;
  const state: VariantState = isCurrent
    ? "ready"
    : results.source === null
      ? "notComputed"
      : "stale";
  const rows =
    descriptor === undefined || model === undefined
      ? []
      : [
          {
            label: `SOAP ${String(descriptor.cutoff)} Å`,
            value: `n ${String(descriptor.nMax)} · l ${String(descriptor.lMax)}`,
          },
          {
            label: "Sparse kernel",
            value: `M ${formatCount(model.activeSet.method === "fps" ? model.activeSet.size : model.activeSet.indices.length)}`,
          },
          { label: "Regularisation", value: formatPower(model.regularizer) },
        ];
  return (
    <Section
      title="Model"
      action={
        <IconButton
          label="Edit the model"
          icon={<IconSettings size={16} stroke={1.5} />}
          onClick={edit}
        />
      }
    >
      {rows.length === 0 ? <Empty text="Preset chosen with the data" /> : null}
      {rows.map((row) => (
        <li key={row.label}>
          <button type="button" className="tree-row" data-tree-row onClick={edit}>
            <StateMark state={state} />
            <span className="ellipsis">{row.label}</span>
            <span className="tree-count">{row.value}</span>
          </button>
        </li>
      ))}
    </Section>
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

function VariantSection(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const hidden = useStore(studio.view, (state) => state.hiddenVariants);
  const { activeVariant, columns, property } = useScene();
  const states = variantStates(document, results, jobs);
  const variants = document.variants ?? [];
  return (
    <Section
      title="Variants"
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
      {variants.length === 0 ? <Empty text="Baseline appears first" /> : null}
      {variants.map(({ name, description }) => {
        const state = states[name] ?? "notComputed";
        const visible = property.perVariant ? columns.includes(name) : !hidden.has(name);
        return (
          <VariantMenu key={name} variant={name}>
            <div className="tree-row-with-eye" data-selected={name === activeVariant}>
              <button
                type="button"
                className="tree-row"
                data-tree-row
                aria-current={name === activeVariant}
                title={description ?? name}
                onClick={() => {
                  studio.view.setState({ activeVariant: name });
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
                  toggleVariantVisible(studio.view, name);
                }}
              />
            </div>
          </VariantMenu>
        );
      })}
    </Section>
  );
}

function TargetSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const { targets, activeTarget } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const hidden = useStore(studio.view, (state) => state.hiddenTargets);
  const stateOf = (target: TargetRow): VariantState =>
    result?.targets.some(
      (one) =>
        one.dataset === target.dataset && one.structureIndices.includes(target.structureIndex),
    ) === true
      ? "ready"
      : "notComputed";
  return (
    <Section
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
      {targets.length === 0 ? <Empty text="No structures yet" /> : null}
      {targets.map((target) => (
        <TargetMenu key={target.key} target={target}>
          <div className="tree-row-with-eye" data-selected={target.key === activeTarget?.key}>
            <button
              type="button"
              className="tree-row"
              data-tree-row
              aria-current={target.key === activeTarget?.key}
              title={target.label}
              onClick={() => {
                studio.view.setState({ activeTarget: target.key });
              }}
            >
              <StateMark state={stateOf(target)} />
              <span className="ellipsis">{target.label}</span>
              <span className="tree-count">{formatCount(target.nAtoms)}</span>
            </button>
            <EyeButton
              name={target.label}
              visible={!hidden.has(target.key)}
              onClick={() => {
                toggleTargetVisible(studio.view, target.key);
              }}
            />
          </div>
        </TargetMenu>
      ))}
    </Section>
  );
}
