/**
 * The panes of the Figure workspace. Readers of fonts and writers of files come with them, 1.1 MB of
 * program beside the 2 MB of all else: they are read when the workspace is first opened, not when a
 * window starts.
 */
import { lazy, Suspense, type ReactNode } from "react";

const View = lazy(async () => ({ default: (await import("./FigureView.tsx")).FigureView }));
const Tree = lazy(async () => ({ default: (await import("./outline/FigureTree.tsx")).FigureTree }));
const Inspector = lazy(async () => ({
  default: (await import("./inspector/FigureInspector.tsx")).FigureInspector,
}));

export function FigureWorkspaceView(): ReactNode {
  return (
    <Suspense fallback={<p className="view-empty">Opening the Figure workspace</p>}>
      <View />
    </Suspense>
  );
}

export function FigureWorkspaceTree(): ReactNode {
  return (
    <Suspense>
      <Tree />
    </Suspense>
  );
}

export function FigureWorkspaceInspector(): ReactNode {
  return (
    <Suspense>
      <Inspector />
    </Suspense>
  );
}
