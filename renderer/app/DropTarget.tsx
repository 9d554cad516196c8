import { useState, type DragEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { openDropped } from "../state/project/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";
import { dropForecast, dropRoleOf, type DropPlace, type HoveringFiles } from "./dropPlace.ts";

interface Hovering {
  readonly place: DropPlace;
  readonly files: HoveringFiles;
}

const PLACES: readonly DropPlace[] = ["training", "targets", "candidates"];

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

function placeOf(event: DragEvent): DropPlace {
  const target = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  const place = target?.getAttribute("data-drop");
  return PLACES.find((one) => one === place) ?? "window";
}

function filesOf({ dataTransfer }: DragEvent): HoveringFiles {
  const items = [...dataTransfer.items].filter(({ kind }) => kind === "file");
  const projects = items.filter(({ type }) => type === "application/json").length;
  return { count: items.length, projects };
}

/** The whole window takes files; the places that mean something name what will happen. */
export function DropTarget({ children }: { readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
  const isOpen = useStore(studio.project, (state) => state.isOpen);
  const [hovering, setHovering] = useState<Hovering | null>(null);
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const where = placeOf(event);
    setHovering(null);
    // The File objects themselves must cross to preload: only it can turn them into paths.
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    attempt(studio, "The files were not opened", () =>
      openDropped(studio, files, dropRoleOf(where)),
    );
  };
  const forecast = hovering === null ? null : dropForecast(hovering.files, hovering.place, isOpen);
  return (
    <div
      className="drop-target"
      data-dropping={hovering?.place}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        const next = { place: placeOf(event), files: filesOf(event) };
        if (next.place !== hovering?.place || next.files.count !== hovering.files.count) {
          setHovering(next);
        }
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setHovering(null);
      }}
      onDrop={onDrop}
    >
      {children}
      {forecast === null ? null : (
        <div className="drop-label" role="status">
          <strong>{forecast.title}</strong>
          {forecast.detail === "" ? null : <span>{forecast.detail}</span>}
        </div>
      )}
    </div>
  );
}
