/** The canvas behind the panels of a view, and what follows the pointer over them. */
import { useState, type ReactNode } from "react";
import { hoverStore } from "../../app/hover.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { PanelScene } from "../../scene/PanelScene.tsx";
import type { ClientPoint } from "../../scene/panelSpec.ts";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";
import { AtomTooltip, type AtomTooltipPlace } from "./AtomTooltip.tsx";
import { LassoCount, type LassoProgress } from "./LassoCount.tsx";
import type { ScenePanels } from "./useScenePanels.ts";

/** What the pointer is over, or has drawn around, in structures and maps. */
export interface Pointing {
  readonly tip: AtomTooltipPlace | null;
  readonly lasso: LassoProgress | null;
  readonly onTip: (panelId: string, atomIndex: number | null, at: ClientPoint) => void;
  readonly onLasso: (progress: LassoProgress | null) => void;
}

export function usePointing(): Pointing {
  const [tip, setTip] = useState<AtomTooltipPlace | null>(null);
  const [lasso, setLasso] = useState<LassoProgress | null>(null);
  return {
    tip,
    lasso,
    onTip: (panelId, atomIndex, at) => {
      setTip(atomIndex === null ? null : { panelId, atomIndex, at });
    },
    onLasso: setLasso,
  };
}

/** Beside the panels, whose rectangles it draws into. */
export function ViewScene(props: {
  readonly scene: ScenePanels;
  readonly pointing: Pointing;
}): ReactNode {
  const { scene, pointing } = props;
  const studio = useStudio();
  const theme = useSceneTheme();
  return (
    <PanelScene
      panels={scene.specs}
      tool={scene.tool}
      theme={theme}
      hover={hoverStore}
      {...scene.handlers}
      onHover={pointing.onTip}
      onLassoProgress={(_panel, count, at) => {
        pointing.onLasso(count === null ? null : { count, at });
      }}
      onContextChange={(state) => {
        studio.view.setState({ contextLost: state === "lost" });
      }}
    />
  );
}

/** Over everything else of the view. */
export function PointerNotes({ pointing }: { readonly pointing: Pointing }): ReactNode {
  return (
    <>
      <AtomTooltip place={pointing.tip} />
      <LassoCount progress={pointing.lasso} />
    </>
  );
}
