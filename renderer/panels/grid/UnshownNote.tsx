import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatError } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { ReadAgain } from "../tree/FileActions.tsx";

/** In a panel whose structure did not come: why, and how to try again. */
export function UnshownNote({ structure }: { readonly structure: string }): ReactNode {
  const studio = useStudio();
  const error = useStore(studio.datasets, ({ unshown }) => unshown.get(structure));
  if (error === undefined) return null;
  return (
    <div className="view-empty" role="status">
      <p>This structure could not be shown. {formatError(error)}</p>
      <ReadAgain />
    </div>
  );
}
