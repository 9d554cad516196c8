import { createContext, use } from "react";
import type { CommandId } from "../../src/contract/commands.ts";
import type { ViewActions } from "../state/window/commandActions.ts";
import type { Picture } from "../state/display/picture.ts";
import type { Studio } from "../state/studio.ts";

export interface StudioContextValue {
  readonly studio: Studio;
  /** Filled in by the mounted view. */
  readonly viewsRef: { current: ViewActions };
  /** What is on screen now, for the export. */
  readonly takePicture: () => Picture | null;
  readonly run: (id: CommandId) => void;
}

export const StudioContext = createContext<StudioContextValue | null>(null);

export function useStudioContext(): StudioContextValue {
  const value = use(StudioContext);
  if (value === null) throw new Error("The window is not mounted.");
  return value;
}

export function useStudio(): Studio {
  return useStudioContext().studio;
}
