import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../app/StudioContext.tsx";
import { ColorSection } from "./ColorSection.tsx";
import { DisplaySection } from "./DisplaySection.tsx";
import { SelectionSection } from "./SelectionSection.tsx";

/** In Explore the selection is what one works with, so it comes first. */
export function Inspector(): ReactNode {
  const studio = useStudio();
  const workspace = useStore(studio.view, (state) => state.workspace);
  return (
    <aside className="inspector" data-region tabIndex={-1} aria-label="Inspector">
      {workspace === "explore" ? <SelectionSection /> : null}
      <ColorSection />
      <DisplaySection />
      {workspace === "compare" ? <SelectionSection /> : null}
    </aside>
  );
}
