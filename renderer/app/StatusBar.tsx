import { IconAlertTriangle, IconAtom, IconCpu } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatCount, formatMemory } from "../components/formatNumber.ts";
import { readGraphics } from "../state/window/diagnostics.ts";
import { FigureReadout, PagePointer } from "../composer/FigureReadout.tsx";
import { shownAtoms } from "../state/display/drawnScopes.ts";
import { selectedCount } from "../state/selection/selectionStore.ts";
import { showDrawer } from "../state/grid/viewStore.ts";
import { HoverReadout } from "./HoverReadout.tsx";
import { StructureReadout } from "./StructureReadout.tsx";
import { useScene } from "./SceneContext.tsx";
import { useStudio } from "./StudioContext.tsx";

export function StatusBar(): ReactNode {
  const studio = useStudio();
  const isOpen = useStore(studio.project, (state) => state.isOpen);
  const composes = useStore(studio.view, ({ workspace }) => workspace === "figure") && isOpen;
  return (
    <footer className="status-bar" data-region tabIndex={-1} aria-label="Status">
      <Backend />
      {composes ? <FigureReadout /> : null}
      {isOpen && !composes ? <Counts /> : null}
      {isOpen ? null : <span className="status-item">No project</span>}
      {isOpen && !composes ? <StructureReadout /> : null}
      <span className="status-space" />
      {composes ? <PagePointer /> : isOpen ? <HoverReadout /> : null}
      <SoftwareNotice />
      <Problems />
      <Memory />
    </footer>
  );
}

function Backend(): ReactNode {
  const studio = useStudio();
  const backend = useStore(studio.jobs, (state) => state.backend);
  const threads = useStore(studio.jobs, (state) => state.threads);
  const lost = useStore(studio.jobs, (state) => state.engineLost !== null);
  const text = lost
    ? "Engine stopped"
    : backend === null
      ? "Engine starting"
      : `${backend}, ${String(threads)} ${threads === 1 ? "thread" : "threads"}`;
  return (
    <span className="status-item ellipsis" title={text}>
      <IconCpu size={14} stroke={1.5} />
      <span className="ellipsis">{text}</span>
    </span>
  );
}

function Counts(): ReactNode {
  const studio = useStudio();
  const { coloring, rows, ...scene } = useScene();
  const alone = useStore(studio.view, ({ maximized }) => maximized);
  const maximized = scene.panels.filter(({ id }) => id === alone);
  const panels = maximized.length > 0 ? maximized : scene.panels;
  const selection = useStore(studio.selection);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const unselected = useStore(studio.view, (state) => state.unselected);
  const { slab, images } = useStore(studio.view);
  const selected = selectedCount(selection);
  const waiting = coloring.nReady < scene.panels.length;
  let total = 0;
  let shown = 0;
  for (const { target } of panels) {
    total += target.nAtoms;
    const chosen = selection.selections.get(target.key)?.count ?? 0;
    const structure = structures.get(target.key);
    if (structure === undefined) continue;
    const isHiding = unselected === "hidden" && selected > 0;
    const { mask } = shownAtoms(structure, { slab, images });
    if (mask === null) shown += isHiding ? chosen : target.nAtoms;
    else shown += countBoth(mask, isHiding ? selection.selections.get(target.key)?.mask : null);
  }
  if (rows.length === 0) return <span className="status-item">No structure shown</span>;
  return (
    <>
      <span className="status-item">
        <IconAtom size={14} stroke={1.5} />
        <b>{formatCount(shown)}</b> of {formatCount(total)} atoms shown
        {images.some((count) => count > 1) ? `, images ${images.join(" × ")}` : ""}
      </span>
      {waiting ? (
        <span className="status-item">
          <b>{coloring.nReady}</b> of {scene.panels.length} panels with values
        </span>
      ) : null}
      {selected > 0 ? (
        <span className="status-item">
          Selection <b>{formatCount(selected)}</b>
        </span>
      ) : null}
    </>
  );
}

/** Atoms in both masks; null is every atom, undefined none. */
function countBoth(mask: Uint8Array, other: Uint8Array | null | undefined): number {
  let count = 0;
  mask.forEach((bit, atom) => {
    if (other === null || other?.[atom] === 1) count += bit;
  });
  return count;
}

/** Said once the views are drawn without a graphics card: slow is then no fault of the project. */
function SoftwareNotice(): ReactNode {
  const graphics = readGraphics();
  if (graphics?.isSoftware !== true) return null;
  return (
    <span
      className="status-item"
      title={`Views are drawn by the processor (${graphics.renderer}). Large structures turn slowly.`}
    >
      Software rendering
    </span>
  );
}

function Problems(): ReactNode {
  const studio = useStudio();
  const count = useStore(studio.messages, (state) => state.problems.length);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="status-item status-problems"
      onClick={() => {
        showDrawer(studio.view, "problems");
      }}
    >
      <IconAlertTriangle size={14} stroke={1.5} />
      {count} {count === 1 ? "problem" : "problems"}
    </button>
  );
}

function Memory(): ReactNode {
  const studio = useStudio();
  const used = useStore(studio.jobs, (state) => state.memoryUsedBytes);
  const limit = useStore(studio.jobs, (state) => state.memoryLimitBytes);
  const running = useStore(studio.jobs, (state) =>
    state.jobs.some((job) => job.outcome === "running"),
  );
  if (!running || used === 0) return null;
  return <span className="status-item">Memory {formatMemory(used, limit)}</span>;
}
