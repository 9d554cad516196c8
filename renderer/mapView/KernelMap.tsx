import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { MapController } from "./mapController.ts";
import { boxOfSeries } from "./mapTransform.ts";
import type { KernelMapProps } from "./mapSpec.ts";

const FILL = { position: "absolute", inset: 0, width: "100%", height: "100%" } as const;

/**
 * All points of the kernel map in one canvas, none left out. Fills its positioned parent. Dragging
 * draws a lasso or pans (`tool`; the middle button always pans), the wheel zooms to the pointer, a
 * double click with the pan tool shows everything again.
 */
export function KernelMap({ ref, ...props }: KernelMapProps): React.JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [controller, setController] = useState<MapController | null>(null);
  const latest = useRef(props);

  useLayoutEffect(() => {
    latest.current = props;
    controller?.setProps(props);
  });

  useEffect(() => {
    if (root.current === null || base.current === null || overlay.current === null) {
      return undefined;
    }
    const created = new MapController(root.current, base.current, overlay.current, latest.current);
    setController(created);
    return () => {
      created.dispose();
      setController(null);
    };
  }, []);

  useImperativeHandle(
    ref,
    () => ({
      fit: () => controller?.fit(),
      shownBox: () => controller?.shown() ?? boxOfSeries(latest.current.series),
      locatePoint: (structureId, index) => controller?.locate(structureId, index) ?? null,
    }),
    [controller],
  );

  const cursor = props.tool === "lasso" ? "crosshair" : "default";
  return (
    <div
      ref={root}
      data-testid="kernel-map"
      style={{ position: "absolute", inset: 0, overflow: "hidden", touchAction: "none", cursor }}
    >
      <canvas ref={base} aria-hidden="true" style={FILL} />
      <canvas ref={overlay} aria-hidden="true" style={FILL} />
    </div>
  );
}
