import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChevronDown,
  IconChevronUp,
} from "@tabler/icons-react";
import { Tabs } from "radix-ui";
import type { ComponentType, MouseEvent, ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { AtomsOfField } from "../../charts/AtomsOfField.tsx";
import { ChartsPane } from "../../charts/ChartsPane.tsx";
import { ClassesPane } from "../../charts/ClassesPane.tsx";
import { DistributionsPane } from "../../charts/DistributionsPane.tsx";
import { ParityPane } from "../../charts/ParityPane.tsx";
import { ScatterPane } from "../../charts/ScatterPane.tsx";
import { IconButton } from "../../components/Button.tsx";
import { isPaneOfFigures, type DrawerTab } from "../../state/grid/viewStore.ts";
import { AtomTable } from "./AtomTable.tsx";
import { JobsPane } from "./JobsPane.tsx";
import { ProblemsPane } from "./ProblemsPane.tsx";
import { VariantsPane } from "./VariantsPane.tsx";

interface DrawerPane {
  readonly id: DrawerTab;
  readonly label: string;
  readonly Pane: ComponentType;
  /** It shows the atoms of several targets. */
  readonly isOfAtoms?: boolean;
}

/** From the overview to what goes deeper, then what is no chart. */
const PANES: readonly DrawerPane[] = [
  { id: "charts", label: "Charts", Pane: ChartsPane, isOfAtoms: true },
  { id: "distributions", label: "Distributions", Pane: DistributionsPane, isOfAtoms: true },
  { id: "scatter", label: "Scatter", Pane: ScatterPane, isOfAtoms: true },
  { id: "parity", label: "Parity", Pane: ParityPane, isOfAtoms: true },
  { id: "classes", label: "Classes", Pane: ClassesPane, isOfAtoms: true },
  { id: "table", label: "Table", Pane: AtomTable },
  { id: "variants", label: "Variants", Pane: VariantsPane },
  { id: "jobs", label: "Jobs", Pane: JobsPane },
  { id: "problems", label: "Problems", Pane: ProblemsPane },
];

/** @param covers - it lies over the whole view: asked to, or because there is no room for both */
export function Drawer({ covers }: { readonly covers: boolean }): ReactNode {
  const studio = useStudio();
  const tab = useStore(studio.view, (state) => state.drawerTab);
  const open = useStore(studio.view, (state) => state.drawerOpen);
  const isMaximized = useStore(studio.view, (state) => state.drawerMaximized);
  const composes = useStore(studio.view, ({ workspace }) => workspace === "figure");
  const problems = useStore(studio.messages, (state) => state.problems.length);
  const shown = tab === "problems" && problems === 0 ? "jobs" : tab;
  const panes = PANES.filter(
    ({ id }) => (id !== "problems" || problems > 0) && (!composes || isPaneOfFigures(id)),
  );
  return (
    <Tabs.Root
      className="drawer"
      data-open={open}
      data-maximized={covers}
      data-region
      tabIndex={-1}
      aria-label="Drawer"
      value={open ? shown : ""}
      activationMode="manual"
      onValueChange={(value) => {
        studio.view.setState({ drawerTab: value as DrawerTab, drawerOpen: true });
      }}
    >
      <DrawerBar panes={panes} shown={shown} isOpen={open} isMaximized={open && isMaximized} />
      {open
        ? panes.map(({ id, Pane }) => (
            <Tabs.Content key={id} className="drawer-content" value={id}>
              <Pane />
            </Tabs.Content>
          ))
        : null}
    </Tabs.Root>
  );
}

function DrawerBar(props: {
  readonly panes: readonly DrawerPane[];
  readonly shown: DrawerTab;
  readonly isOpen: boolean;
  readonly isMaximized: boolean;
}): ReactNode {
  const { studio, run } = useStudioContext();
  const { isOpen, isMaximized, shown } = props;
  const isOfAtoms = props.panes.some((pane) => pane.id === shown && pane.isOfAtoms === true);
  const onDoubleClick = (event: MouseEvent): void => {
    // Two quick presses of a button are two presses.
    if ((event.target as Element).closest(".icon-button, .select") === null)
      run("view.maximizeDrawer");
  };
  return (
    <div className="drawer-bar" onDoubleClick={onDoubleClick}>
      <Tabs.List className="drawer-tabs" aria-label="Charts and tables">
        {props.panes.map(({ id, label }) => (
          <Tabs.Trigger
            key={id}
            value={id}
            onClick={() => {
              studio.view.setState({ drawerTab: id, drawerOpen: true });
            }}
          >
            {label}
            {id === "jobs" ? <RunningCount /> : null}
            {id === "problems" ? <ProblemCount /> : null}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <span className="status-space" />
      {isOpen && isOfAtoms ? <AtomsOfField /> : null}
      <IconButton
        label={isMaximized ? "Drawer at its own height" : "Maximise the drawer"}
        shortcut="Mod+Shift+J"
        icon={
          isMaximized ? (
            <IconArrowsMinimize size={16} stroke={1.5} />
          ) : (
            <IconArrowsMaximize size={16} stroke={1.5} />
          )
        }
        onClick={() => {
          run("view.maximizeDrawer");
        }}
      />
      <IconButton
        label={isOpen ? "Close the drawer" : "Open the drawer"}
        shortcut="Mod+J"
        icon={
          isOpen ? (
            <IconChevronDown size={16} stroke={1.5} />
          ) : (
            <IconChevronUp size={16} stroke={1.5} />
          )
        }
        onClick={() => {
          run("view.toggleDrawer");
        }}
      />
    </div>
  );
}

function RunningCount(): ReactNode {
  const studio = useStudio();
  const running = useStore(
    studio.jobs,
    (state) => state.jobs.filter((job) => job.outcome === "running").length,
  );
  return running === 0 ? null : <span className="count-badge">{running}</span>;
}

function ProblemCount(): ReactNode {
  const studio = useStudio();
  const problems = useStore(studio.messages, (state) => state.problems.length);
  return <span className="count-badge bad">{problems}</span>;
}
