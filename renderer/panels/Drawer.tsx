import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { Tabs } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../app/StudioContext.tsx";
import { ChartsPane } from "../charts/ChartsPane.tsx";
import { ClassesPane } from "../charts/ClassesPane.tsx";
import { DistributionsPane } from "../charts/DistributionsPane.tsx";
import { ParityPane } from "../charts/ParityPane.tsx";
import { ScatterPane } from "../charts/ScatterPane.tsx";
import { IconButton } from "../components/Button.tsx";
import type { DrawerTab } from "../state/viewStore.ts";
import { AtomTable } from "./AtomTable.tsx";
import { JobsPane } from "./JobsPane.tsx";
import { ProblemsPane } from "./ProblemsPane.tsx";
import { VariantsPane } from "./VariantsPane.tsx";

const TABS: readonly { readonly id: DrawerTab; readonly label: string }[] = [
  { id: "charts", label: "Charts" },
  { id: "scatter", label: "Scatter" },
  { id: "parity", label: "Parity" },
  { id: "distributions", label: "Distributions" },
  { id: "classes", label: "Classes" },
  { id: "table", label: "Table" },
  { id: "variants", label: "Variants" },
  { id: "jobs", label: "Jobs" },
];

export function Drawer(): ReactNode {
  const { studio, run } = useStudioContext();
  const tab = useStore(studio.view, (state) => state.drawerTab);
  const open = useStore(studio.view, (state) => state.drawerOpen);
  const problems = useStore(studio.messages, (state) => state.problems.length);
  const shown = tab === "problems" && problems === 0 ? "jobs" : tab;
  return (
    <Tabs.Root
      className="drawer"
      data-open={open}
      data-region
      tabIndex={-1}
      aria-label="Drawer"
      value={open ? shown : ""}
      activationMode="manual"
      onValueChange={(value) => {
        studio.view.setState({ drawerTab: value as DrawerTab, drawerOpen: true });
      }}
    >
      <div className="drawer-bar">
        <Tabs.List className="drawer-tabs">
          {TABS.map((one) => (
            <Tabs.Trigger
              key={one.id}
              value={one.id}
              onClick={() => {
                studio.view.setState({ drawerTab: one.id, drawerOpen: true });
              }}
            >
              {one.label}
              {one.id === "jobs" ? <RunningCount /> : null}
            </Tabs.Trigger>
          ))}
          {problems > 0 ? (
            <Tabs.Trigger
              value="problems"
              onClick={() => {
                studio.view.setState({ drawerTab: "problems", drawerOpen: true });
              }}
            >
              Problems <span className="count-badge bad">{problems}</span>
            </Tabs.Trigger>
          ) : null}
        </Tabs.List>
        <span className="status-space" />
        <IconButton
          label={open ? "Close the drawer" : "Open the drawer"}
          shortcut="Mod+J"
          icon={
            open ? (
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
      {open ? (
        <>
          <Tabs.Content className="drawer-content" value="charts">
            <ChartsPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="scatter">
            <ScatterPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="parity">
            <ParityPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="distributions">
            <DistributionsPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="classes">
            <ClassesPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="table">
            <AtomTable />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="variants">
            <VariantsPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="jobs">
            <JobsPane />
          </Tabs.Content>
          <Tabs.Content className="drawer-content" value="problems">
            <ProblemsPane />
          </Tabs.Content>
        </>
      ) : null}
    </Tabs.Root>
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
