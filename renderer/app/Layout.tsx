import { useEffect, useRef, useState, type ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useStore } from "zustand";
import {
  FigureWorkspaceInspector,
  FigureWorkspaceTree,
  FigureWorkspaceView,
} from "../composer/FigureWorkspace.tsx";
import { LearnView } from "../learn/LearnView.tsx";
import { CompareView } from "../panels/grid/CompareView.tsx";
import { Drawer } from "../panels/drawer/Drawer.tsx";
import { ExploreView } from "../panels/grid/ExploreView.tsx";
import { Inspector } from "../panels/inspector/Inspector.tsx";
import { ProblemsPane } from "../panels/drawer/ProblemsPane.tsx";
import { ProjectTree } from "../panels/tree/ProjectTree.tsx";
import { WhatIfView } from "../panels/whatIf/WhatIfView.tsx";
import type { Studio } from "../state/studio.ts";
import { isDrawerOpen, type Workspace } from "../state/grid/viewStore.ts";
import { ActivityMark } from "./ActivityMark.tsx";
import { EngineBanner } from "./EngineBanner.tsx";
import { RecoveryStrip } from "./RecoveryStrip.tsx";
import { ScenePanelsFirst } from "./SceneContext.tsx";
import { StartScreen } from "./StartScreen.tsx";
import { StatusBar } from "./StatusBar.tsx";
import { useStudio } from "./StudioContext.tsx";
import { TitleBar } from "./TitleBar.tsx";
import { usePaneSize } from "./usePaneSize.ts";

interface WindowSize {
  readonly width: number;
  readonly height: number;
}

function useWindowSize(): WindowSize {
  const read = (): WindowSize => ({ width: innerWidth, height: innerHeight });
  const [size, setSize] = useState(read);
  useEffect(() => {
    const onResize = (): void => {
      setSize(read());
    };
    window.addEventListener("resize", onResize);
    return () => {
      window.removeEventListener("resize", onResize);
    };
  }, []);
  return size;
}

/** A pane that would lie over the view, or leave it no room, is folded until it is asked for. */
function useFoldedPane(
  studio: Studio,
  pane: "treeOpen" | "inspectorOpen" | "drawerOpen",
  isBeside: boolean,
): void {
  const wasBeside = useRef(true);
  useEffect(() => {
    if (wasBeside.current === isBeside) return;
    wasBeside.current = isBeside;
    studio.view.setState({ [pane]: isBeside });
  }, [studio, pane, isBeside]);
}

/** Under these widths a pane lies over the view instead of beside it. */
const INSPECTOR_BESIDE = 1200;
const TREE_BESIDE = 1100;
/** Under this height the drawer is shut until it is asked for, as at 200 % zoom. */
const DRAWER_BELOW = 560;
/** Bars above and below the workbench, px. */
const BARS = 64;
/** View bar, header of a panel and the smallest canvas; the smallest drawer, px. */
const LEAST = { view: 36 + 28 + 160, drawer: 140 } as const;
/** From this size on the roomier of the two layouts. */
const ROOMY = { width: 1400, height: 860 } as const;

/** Left and right of the view; the Figure workspace has its own. */
function useSidePanes(isOpen: boolean): Readonly<Record<"tree" | "inspector", ReactNode>> {
  const studio = useStudio();
  const composes = useStore(studio.view, ({ workspace }) => workspace === "figure") && isOpen;
  return composes
    ? { tree: <FigureWorkspaceTree />, inspector: <FigureWorkspaceInspector /> }
    : { tree: <ProjectTree />, inspector: <Inspector /> };
}

export function Layout(): ReactNode {
  const studio = useStudio();
  const isOpen = useStore(studio.project, (state) => state.isOpen);
  const treeOpen = useStore(studio.view, (state) => state.treeOpen);
  const inspectorOpen = useStore(studio.view, (state) => state.inspectorOpen);
  const learnOpen = useStore(studio.view, (state) => state.learnOpen);
  const { width, height } = useWindowSize();
  const roomy = width >= ROOMY.width;
  const treeBeside = width >= TREE_BESIDE;
  const inspectorBeside = width >= INSPECTOR_BESIDE;
  useFoldedPane(studio, "treeOpen", treeBeside);
  useFoldedPane(studio, "inspectorOpen", inspectorBeside);
  useFoldedPane(studio, "drawerOpen", height >= DRAWER_BELOW);
  const { tree, inspector } = useSidePanes(isOpen);
  const treePane = usePaneSize("tree", roomy ? 232 : 220);
  const inspectorPane = usePaneSize("inspector", roomy ? 280 : 256);
  return (
    <div className="window">
      <TitleBar />
      <RecoveryStrip />
      <EngineBanner />
      <main className="workbench">
        <div className="workbench-behind" inert={learnOpen}>
          <Group
            orientation="horizontal"
            resizeTargetMinimumSize={{ coarse: 20, fine: 6 }}
            onLayoutChanged={(_layout, { isUserInteraction }) => {
              if (!isUserInteraction) return;
              treePane.remember();
              inspectorPane.remember();
            }}
          >
            {treeOpen && treeBeside ? (
              <>
                <Panel
                  id="tree"
                  panelRef={treePane.panel}
                  minSize={192}
                  maxSize={360}
                  defaultSize={treePane.size}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  {tree}
                </Panel>
                <Separator className="divider" aria-label="Width of the project pane" />
              </>
            ) : null}
            <Panel id="centre" minSize={320}>
              {isOpen ? <Centre height={height} /> : <Start />}
            </Panel>
            {isOpen && inspectorOpen && inspectorBeside ? (
              <>
                <Separator className="divider" aria-label="Width of the inspector" />
                <Panel
                  id="inspector"
                  panelRef={inspectorPane.panel}
                  minSize={248}
                  maxSize={400}
                  defaultSize={inspectorPane.size}
                  groupResizeBehavior="preserve-pixel-size"
                >
                  {inspector}
                </Panel>
              </>
            ) : null}
          </Group>
          {treeOpen && !treeBeside ? <div className="overlay-pane left">{tree}</div> : null}
          {isOpen && inspectorOpen && !inspectorBeside ? (
            <div className="overlay-pane right">{inspector}</div>
          ) : null}
        </div>
        {learnOpen ? <LearnView /> : null}
      </main>
      <StatusBar />
      <ActivityMark />
    </div>
  );
}

/** The start screen, and below it why something was not opened. */
function Start(): ReactNode {
  const studio = useStudio();
  const hasProblems = useStore(studio.messages, (state) => state.problems.length > 0);
  return (
    <div className="centre">
      <StartScreen />
      {hasProblems ? (
        <section className="start-problems" data-region tabIndex={-1} aria-label="Problems">
          <ProblemsPane />
        </section>
      ) : null}
    </div>
  );
}

function WorkspaceView({ workspace }: { readonly workspace: Workspace }): ReactNode {
  switch (workspace) {
    case "compare":
      return <CompareView />;
    case "explore":
      return <ExploreView />;
    case "whatIf":
      return <WhatIfView />;
    case "figure":
      return <FigureWorkspaceView />;
  }
}

/**
 * View above, drawer below; the Figure workspace has its export bar where the shut drawer lies. In a
 * window without room for both the open drawer covers the view.
 * @param height - px of the window
 */
function Centre({ height }: { readonly height: number }): ReactNode {
  const studio = useStudio();
  const workspace = useStore(studio.view, (state) => state.workspace);
  const drawerOpen = useStore(studio.view, isDrawerOpen);
  const isMaximized = useStore(studio.view, ({ drawerMaximized }) => drawerMaximized);
  const hasRoom = height - BARS >= LEAST.view + LEAST.drawer;
  const isCovered = drawerOpen && (isMaximized || !hasRoom);
  const pane = usePaneSize("drawer", height >= ROOMY.height ? 224 : 200);
  const view = <WorkspaceView workspace={workspace} />;
  if (!drawerOpen) {
    return (
      <div className="centre">
        {view}
        {workspace === "figure" ? null : <Drawer covers={false} />}
      </div>
    );
  }
  return (
    // A maximised drawer lies over the view, which keeps its place and its graphics context.
    <div className="centre-stack">
      <Group
        orientation="vertical"
        resizeTargetMinimumSize={{ coarse: 20, fine: 6 }}
        onLayoutChanged={(_layout, { isUserInteraction }) => {
          if (isUserInteraction) pane.remember();
        }}
      >
        <Panel id="view" minSize={hasRoom ? LEAST.view : 0}>
          <div className="centre" inert={isCovered}>
            {view}
          </div>
        </Panel>
        <Separator
          className="divider horizontal"
          aria-label="Height of the drawer"
          disabled={isCovered}
        />
        <Panel
          id="drawer"
          panelRef={pane.panel}
          minSize={LEAST.drawer}
          maxSize="60%"
          defaultSize={pane.size}
          groupResizeBehavior="preserve-pixel-size"
        >
          <ScenePanelsFirst>
            <Drawer covers={isCovered} />
          </ScenePanelsFirst>
        </Panel>
      </Group>
    </div>
  );
}
