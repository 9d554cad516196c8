import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { ColorSection } from "./ColorSection.tsx";
import { DisplaySection } from "./DisplaySection.tsx";
import { SelectionSection } from "./SelectionSection.tsx";
import { SuggestSection } from "../suggest/SuggestSection.tsx";
import { WhatIfInspector } from "../whatIf/WhatIfInspector.tsx";

/** In Explore the selection is what one works with, so it comes first. */
export function Inspector(): ReactNode {
  const studio = useStudio();
  const workspace = useStore(studio.view, (state) => state.workspace);
  return (
    <aside className="inspector" data-region tabIndex={-1} aria-label="Inspector">
      {workspace === "explore" ? <Asking /> : null}
      {workspace === "whatIf" ? <WhatIfInspector /> : null}
      <ColorSection />
      <DisplaySection />
      {workspace === "compare" ? <Asking /> : null}
    </aside>
  );
}

/** Atoms, and what would help them. */
function Asking(): ReactNode {
  return (
    <>
      <SelectionSection />
      <SuggestSection />
    </>
  );
}
