/** What is dropped where, and what will come of it: said before the files are let go. */
import { formatPlural } from "../components/formatNumber.ts";
import type { DropRole } from "../state/project/projectActions.ts";

export type DropPlace = "training" | "targets" | "candidates" | "window";

/** null: to be guessed from the files. */
export function dropRoleOf(place: DropPlace): DropRole {
  const roles = { training: "training", targets: "target", candidates: "candidate", window: null };
  return roles[place] as DropRole;
}

/** While files hover the page learns their number and kinds, not their names. */
export interface HoveringFiles {
  readonly count: number;
  /** Of them, JSON files: projects. */
  readonly projects: number;
}

/** What letting go would do. */
export interface DropForecast {
  readonly title: string;
  readonly detail: string;
}

const PROJECT_ALONE = "A project is opened by itself: drop it alone.";
const KINDS =
  "Extended XYZ, POSCAR, LAMMPS data or dump, CIF, also .gz; a folder of them; features (.npy, .npz) one file at a time.";

const USES: Readonly<Record<DropPlace, readonly [title: string, detail: string]>> = {
  training: ["Use for training", "Added to the first training set."],
  targets: ["Add to the targets", "Atoms of targets are what LPR is computed for."],
  candidates: [
    "Add as candidates",
    "In the project without a use: What if and Suggest can choose from them.",
  ],
  window: [
    "Add to the project",
    "Many small structures train the model, few large ones are targets.",
  ],
};

/** @param isOpen - whether a project is open */
export function dropForecast(
  { count, projects }: HoveringFiles,
  place: DropPlace,
  isOpen: boolean,
): DropForecast {
  const files = count === 0 ? "" : `: ${formatPlural(count, "file", "files")}`;
  if (projects > 0 && count > 1)
    return { title: "These cannot be opened together", detail: PROJECT_ALONE };
  if (projects > 0) {
    return {
      title: "Open the project",
      detail: isOpen
        ? "In place of the one that is open; you are asked when it has unsaved changes."
        : "",
    };
  }
  if (!isOpen) return { title: `Open${files}`, detail: KINDS };
  const [title, detail] = USES[place];
  return { title: `${title}${files}`, detail: `${detail} ${KINDS}` };
}
