import type { ReactNode } from "react";
import { useStore } from "zustand";
import { hoverStore } from "./hover.ts";
import { hoverReading } from "./hoverReading.ts";
import { useScene } from "./SceneContext.tsx";
import { useStudio } from "./StudioContext.tsx";

/** What is under the pointer, in words, at the right of the status bar. */
export function HoverReadout(): ReactNode {
  const studio = useStudio();
  const hover = useStore(hoverStore);
  const datasets = useStore(studio.datasets);
  const reading = hoverReading(hover, useScene(), datasets);
  if (reading === null) return null;
  return (
    <span className="status-item hover-readout">
      <b>{reading.atom}</b>
      {reading.position}
      {reading.facts.map(({ label, value }) => ` · ${label} ${value}`)}
    </span>
  );
}
