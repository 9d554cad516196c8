import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArtboard,
  IconCheck,
  IconChartDots3,
  IconFlask2,
  IconLayoutGrid,
  IconLayoutSidebar,
  IconLayoutSidebarRight,
  IconMinus,
  IconSearch,
  IconSquare,
  IconX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { IconButton } from "../components/Button.tsx";
import { formatShortcut } from "../components/shortcutText.ts";
import { StateMark } from "../components/StateMark.tsx";
import { Tooltip } from "../components/Tooltip.tsx";
import { isCommandEnabled } from "../state/window/commandActions.ts";
import { missingForCompute } from "../state/project/documentEdits.ts";
import type { ShownJobKind } from "../state/results/jobStore.ts";
import { isEdited } from "../state/project/projectStore.ts";
import { isUpToDate, variantStates } from "../state/results/resultStore.ts";
import { attempt } from "../state/studio.ts";
import { showDrawer, type Workspace } from "../state/grid/viewStore.ts";
import { AppMenu } from "./AppMenu.tsx";
import { useStudio, useStudioContext } from "./StudioContext.tsx";

export function TitleBar(): ReactNode {
  const studio = useStudio();
  const name = useStore(studio.project, (state) => state.name);
  const edited = useStore(studio.project, isEdited);
  return (
    <header className="title-bar" data-region tabIndex={-1} aria-label="Title bar">
      <AppMenu />
      <PaneButton pane="tree" />
      <h1 className="document-name ellipsis" title={name}>
        {name}
      </h1>
      {edited ? <span className="edited">Edited</span> : null}
      <div className="title-actions">
        <HistoryButtons />
        <span className="bar-line" />
        <ComputeControl />
      </div>
      <Workspaces />
      <CommandField />
      <PaneButton pane="inspector" />
      {studio.bridge.host.customFrame ? <WindowButtons /> : null}
    </header>
  );
}

const PANES = {
  tree: {
    key: "treeOpen",
    command: "view.toggleTree",
    label: "Project pane",
    shortcut: "Mod+B",
    icon: <IconLayoutSidebar size={16} stroke={1.5} />,
  },
  inspector: {
    key: "inspectorOpen",
    command: "view.toggleInspector",
    label: "Inspector",
    shortcut: "Mod+I",
    icon: <IconLayoutSidebarRight size={16} stroke={1.5} />,
  },
} as const;

/** Seen only where the pane lies over the view. */
function PaneButton({ pane }: { readonly pane: keyof typeof PANES }): ReactNode {
  const { studio, run } = useStudioContext();
  const { key, command, label, shortcut, icon } = PANES[pane];
  const isOpen = useStore(studio.view, (state) => state[key]);
  return (
    <span className="pane-button" data-pane={pane}>
      <IconButton
        label={label}
        shortcut={shortcut}
        icon={icon}
        pressed={isOpen}
        onClick={() => {
          run(command);
        }}
      />
    </span>
  );
}

function HistoryButtons(): ReactNode {
  const { studio, run } = useStudioContext();
  // Which of these histories is meant depends on what is in front: the command knows.
  useStore(studio.project);
  useStore(studio.selection);
  useStore(studio.view, (state) => [state.learnOpen, state.workspace].join());
  useStore(studio.whatIf, (state) => state.draft);
  useStore(studio.cameras);
  useStore(studio.learn, (state) => state.setup);
  return (
    <span className="history">
      <IconButton
        label="Undo"
        shortcut="Mod+Z"
        icon={<IconArrowBackUp size={16} stroke={1.5} />}
        disabled={!isCommandEnabled(studio, "edit.undo")}
        onClick={() => {
          run("edit.undo");
        }}
      />
      <IconButton
        label="Redo"
        shortcut="Mod+Shift+Z"
        icon={<IconArrowForwardUp size={16} stroke={1.5} />}
        disabled={!isCommandEnabled(studio, "edit.redo")}
        onClick={() => {
          run("edit.redo");
        }}
      />
    </span>
  );
}

const VERBS: Readonly<Record<ShownJobKind, string>> = {
  load: "Reading",
  compute: "Computing",
  suggest: "Searching",
  whatIf: "Preparing",
  crystals: "Preparing",
  features: "Reading",
  figure: "Exporting",
};

/** Compute, its progress with Cancel, or that everything is up to date. */
function ComputeControl(): ReactNode {
  const { studio, run } = useStudioContext();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  const running = jobs.jobs.find((job) => job.outcome === "running");
  if (running !== undefined) {
    const percent = Math.floor(running.fraction * 100);
    const verb = VERBS[running.kind ?? "load"];
    return (
      <>
        <button
          type="button"
          className="button bordered small progress-button"
          onClick={() => {
            showDrawer(studio.view, "jobs");
          }}
        >
          <StateMark state="computing" />
          {verb}, {percent} %
        </button>
        <button
          type="button"
          className="button small"
          onClick={() => {
            run("compute.cancel");
          }}
        >
          Cancel
        </button>
        <span className="visually-hidden" role="status">
          {verb}, {Math.floor(percent / 25) * 25} %
        </span>
      </>
    );
  }
  if (isUpToDate(variantStates(document, results, jobs))) {
    return (
      <span className="up-to-date">
        <IconCheck size={16} stroke={1.5} /> Up to date
      </span>
    );
  }
  const missing = missingForCompute(document);
  return (
    <Tooltip text={missing ?? "LPR of every target under every variant"} shortcut="Mod+Enter">
      <button
        type="button"
        className={missing === null ? "button primary small" : "button small off"}
        aria-disabled={missing !== null}
        aria-description={missing ?? ""}
        onClick={() => {
          run("compute.run");
        }}
      >
        Compute
      </button>
    </Tooltip>
  );
}

const WORKSPACES: readonly {
  readonly id: Workspace;
  readonly label: string;
  readonly shortcut: string;
  readonly icon: ReactNode;
}[] = [
  {
    id: "compare",
    label: "Compare",
    shortcut: "Mod+1",
    icon: <IconLayoutGrid size={16} stroke={1.5} />,
  },
  {
    id: "explore",
    label: "Explore",
    shortcut: "Mod+2",
    icon: <IconChartDots3 size={16} stroke={1.5} />,
  },
  {
    id: "whatIf",
    label: "What if",
    shortcut: "Mod+3",
    icon: <IconFlask2 size={16} stroke={1.5} />,
  },
  {
    id: "figure",
    label: "Figure",
    shortcut: "Mod+4",
    icon: <IconArtboard size={16} stroke={1.5} />,
  },
];

function Workspaces(): ReactNode {
  const studio = useStudio();
  const workspace = useStore(studio.view, (state) => state.workspace);
  const isOpen = useStore(studio.project, (state) => state.isOpen);
  const learnOpen = useStore(studio.view, (state) => state.learnOpen);
  return (
    <nav className="workspaces" aria-label="Workspaces">
      {WORKSPACES.map((one) => (
        <Tooltip key={one.id} text={one.label} shortcut={one.shortcut}>
          <button
            type="button"
            disabled={!isOpen}
            aria-label={one.label}
            aria-current={isOpen && !learnOpen && workspace === one.id ? "page" : undefined}
            onClick={() => {
              studio.view.setState({ workspace: one.id, learnOpen: false });
            }}
          >
            {one.icon}
            <span className="workspace-label">{one.label}</span>
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}

function CommandField(): ReactNode {
  const { run } = useStudioContext();
  return (
    <button
      type="button"
      className="command-field"
      onClick={() => {
        run("help.palette");
      }}
    >
      <IconSearch size={16} stroke={1.5} />
      <span className="ellipsis">Search or run a command</span>
      <span className="kbd" aria-hidden>
        {formatShortcut("Mod+K")}
      </span>
    </button>
  );
}

function WindowButtons(): ReactNode {
  const studio = useStudio();
  const buttons = [
    { command: "minimize", label: "Minimise", icon: <IconMinus size={16} stroke={1.5} /> },
    { command: "maximize", label: "Maximise", icon: <IconSquare size={14} stroke={1.5} /> },
    { command: "close", label: "Close", icon: <IconX size={16} stroke={1.5} /> },
  ] as const;
  return (
    <div className="window-buttons">
      {buttons.map(({ command, label, icon }) => (
        <button
          key={command}
          type="button"
          aria-label={label}
          data-command={command}
          onClick={() => {
            attempt(studio, "The window did not answer", () =>
              studio.bridge.windowCommand(command),
            );
          }}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}
