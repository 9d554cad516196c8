import type { ReactNode } from "react";
import { useStore } from "zustand";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { placingOf } from "../../state/grid/gridPlacing.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { gridDragStore } from "./gridDrag.ts";

/** Over a panel that something is dragged over: what letting go would do. */
export function PanelDropNote({ panel }: { readonly panel: ScenePanel }): ReactNode {
  const placed = useStore(gridDragStore, ({ drag }) =>
    drag?.panel === panel.id ? drag.placed : null,
  );
  const workspace = useStore(useStudio().view, (state) => state.workspace);
  const scene = usePanelScene();
  const placing = placed === null ? null : placingOf(scene, workspace, placed, panel);
  if (placing === null) return null;
  return (
    <div className="panel-drop" data-possible={placing.isPossible} role="status">
      <span>{placing.text}</span>
    </div>
  );
}
