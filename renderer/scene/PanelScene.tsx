import { Canvas, useFrame, useThree } from "@react-three/fiber";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { PanelSceneProps } from "./panelSpec.ts";
import { createCounters, snapshotStats } from "./renderStats.ts";
import { SceneController } from "./sceneController.ts";

const FILL = { position: "absolute", inset: 0, pointerEvents: "none" } as const;

/** Highest device pixel ratio that is drawn; beyond it nobody sees the difference. */
const MAX_PIXEL_RATIO = 2;

/**
 * All panels of the grid in one canvas. Lay it over the grid, inside a positioned element: it takes
 * what is in view of it, lets the pointer through, and draws each panel over its `element`. Nothing is
 * drawn while nothing changes, and no panel that is out of view. `data-frames`, `data-draw-calls`, `data-last-frame-draw-calls`,
 * `data-uploaded-bytes` and `data-context` on the element say what has been done.
 */
export function PanelScene({ ref, ...props }: PanelSceneProps): React.JSX.Element {
  const container = useRef<HTMLDivElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [controller, setController] = useState<SceneController | null>(null);
  const latest = useRef(props);

  useLayoutEffect(() => {
    latest.current = props;
    controller?.setProps(props);
  });

  useEffect(() => {
    if (container.current === null || overlay.current === null) return undefined;
    const created = new SceneController(container.current, overlay.current, latest.current);
    setController(created);
    return () => {
      created.dispose();
      setController(null);
    };
  }, []);

  useImperativeHandle(
    ref,
    () => ({
      stats: () => controller?.stats() ?? snapshotStats(createCounters()),
      requestFrame: () => controller?.requestFrame(),
      locateAtom: (panelId, atomIndex) => controller?.locate(panelId, atomIndex) ?? null,
    }),
    [controller],
  );

  return (
    <div ref={container} data-testid="panel-scene" aria-hidden="true" style={FILL}>
      {controller !== null && (
        <Canvas
          frameloop="demand"
          flat
          linear
          dpr={[1, MAX_PIXEL_RATIO]}
          // Its place is read anew in every frame.
          resize={{ scroll: false }}
          gl={{ antialias: true, alpha: true, powerPreference: "high-performance" }}
          style={FILL}
        >
          <SceneFrames controller={controller} />
        </Canvas>
      )}
      <canvas ref={overlay} style={{ ...FILL, width: "100%", height: "100%" }} />
    </div>
  );
}

/** Hands the context of the canvas to the controller and draws when a frame was asked for. */
function SceneFrames({ controller }: { readonly controller: SceneController }): null {
  const renderer = useThree((state) => state.gl);
  const invalidate = useThree((state) => state.invalidate);
  useEffect(() => {
    controller.setContext(renderer, () => {
      invalidate();
    });
  }, [controller, renderer, invalidate]);
  // A priority above zero takes drawing over from the library.
  useFrame(({ gl }) => {
    controller.drawFrame(gl.getPixelRatio());
  }, 1);
  return null;
}
