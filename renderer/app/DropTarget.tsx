import { useState, type DragEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { openDropped } from "../state/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";
import { dropRoleOf, type DropPlace } from "./dropPlace.ts";

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}

function placeOf(event: DragEvent): DropPlace {
  const target = event.target instanceof Element ? event.target.closest("[data-drop]") : null;
  const place = target?.getAttribute("data-drop");
  return place === "training" || place === "targets" ? place : "window";
}

const ACTIONS: Readonly<Record<DropPlace, string>> = {
  training: "Use for training",
  targets: "Add to targets",
  window: "Add to the project",
};

/** The whole window takes files; the places that mean something name what will happen. */
export function DropTarget({ children }: { readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
  const isOpen = useStore(studio.project, (state) => state.isOpen);
  const [place, setPlace] = useState<DropPlace | null>(null);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const where = placeOf(event);
    setPlace(null);
    // The File objects themselves must cross to preload: only it can turn them into paths.
    const files = [...event.dataTransfer.files];
    if (files.length === 0) return;
    attempt(studio, "The files were not opened", () =>
      openDropped(studio, files, dropRoleOf(where)),
    );
  };
  return (
    <div
      className="drop-target"
      data-dropping={place ?? undefined}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        setPlace(placeOf(event));
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setPlace(null);
      }}
      onDrop={onDrop}
    >
      {children}
      {place === null ? null : (
        <div className="drop-label" role="status">
          {isOpen ? ACTIONS[place] : "Open"}
        </div>
      )}
    </div>
  );
}
