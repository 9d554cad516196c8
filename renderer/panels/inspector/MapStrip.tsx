import { useEffect, useRef, type ReactNode } from "react";
import { TABLE_SIZE, type ColorTable } from "../../color/colorTable.ts";

/** A colour map as a strip; each column of pixels is one entry of the table. */
export function MapStrip({ table }: { readonly table: ColorTable }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d") ?? null;
    if (context === null) return;
    const image = context.createImageData(TABLE_SIZE, 1);
    for (let entry = 0; entry < TABLE_SIZE; entry++) {
      image.data.set(table.rgb.subarray(3 * entry, 3 * entry + 3), 4 * entry);
      image.data[4 * entry + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [table]);
  return (
    <canvas
      ref={canvas}
      className="map-strip"
      width={TABLE_SIZE}
      height={1}
      role="img"
      aria-label={table.label}
    />
  );
}
