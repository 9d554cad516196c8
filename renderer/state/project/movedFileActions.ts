/** Getting files back that were moved, and living with those that changed. */
import type { DatasetFile, FileRemark, LocatedFile } from "../../../src/contract/movedFiles.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { removeDataset } from "./documentEdits.ts";
import { dismissProblem, say } from "../window/messageStore.ts";
import { acceptContent, missingFiles, moveFile, pathOfFile, settleFile } from "./movedFiles.ts";
import { pruneDatasets, readAgain } from "./projectActions.ts";
import { changeDocument } from "./projectStore.ts";
import type { Studio } from "../studio.ts";

interface Move {
  readonly file: DatasetFile;
  readonly located: LocatedFile;
}

function nameOf(studio: Studio, file: DatasetFile): string {
  const path = pathOfFile(studio.project.getState().document, file) ?? file.dataset;
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** One step to undo, however many files it is about. */
async function moveFiles(studio: Studio, moves: readonly Move[]): Promise<void> {
  const [first] = moves;
  if (first === undefined) return;
  const label =
    moves.length === 1
      ? `Locate ${first.located.name}`
      : `Locate ${formatPlural(moves.length, "file", "files")}`;
  changeDocument(studio.project, label, (document) =>
    moves.reduce((now, { file, located }) => moveFile(now, file, located), document),
  );
  for (const { file } of moves) settleFile(studio, file);
  await readAgain(studio);
}

/**
 * Lets the person point at the file. What else is missing is then looked for beside it, because
 * files are mostly moved together.
 */
export async function locateFile(studio: Studio, remark: FileRemark): Promise<void> {
  const located = await studio.bridge.locateFile(nameOf(studio, remark));
  if (located === null) return;
  const others = missingFiles(studio).filter(
    (other) => other.dataset !== remark.dataset || other.part !== remark.part,
  );
  const beside = await lookFor(studio, others, located.path);
  await moveFiles(studio, [{ file: remark, located }, ...(beside?.moves ?? [])]);
  const isOther = remark.expectedHash !== null && remark.expectedHash !== located.hash;
  if (isOther) {
    say(studio.messages, `${located.name} has other content than the file before`, true);
  } else if (beside !== null && beside.moves.length > 0) {
    say(
      studio.messages,
      `${formatPlural(beside.moves.length, "more file", "more files")} found beside it`,
      true,
    );
  }
}

/** Looks in a folder of the person's choice for everything that is missing. */
export async function searchForFiles(studio: Studio): Promise<void> {
  const missing = missingFiles(studio);
  const search = await lookFor(studio, missing, null);
  if (search === null) return;
  await moveFiles(studio, search.moves);
  const found = `${String(search.moves.length)} of ${formatPlural(missing.length, "file", "files")} found`;
  const rest = search.isPartial ? "; the folder holds more than was looked at" : "";
  say(studio.messages, `${found}${rest}`, search.moves.length > 0);
}

async function lookFor(
  studio: Studio,
  missing: readonly FileRemark[],
  beside: string | null,
): Promise<{ readonly moves: readonly Move[]; readonly isPartial: boolean } | null> {
  if (missing.length === 0) return { moves: [], isPartial: false };
  const wanted = missing.map((file) => ({ name: nameOf(studio, file), hash: file.expectedHash }));
  const search = await studio.bridge.searchFolder({ wanted, beside });
  if (search === null) return null;
  const moves = missing.flatMap((file, i) => {
    const located = search.found[i] ?? null;
    return located === null ? [] : [{ file, located }];
  });
  return { moves, isPartial: search.isPartial };
}

/** The project means the content that is there now. */
export function acceptNewContent(studio: Studio, remark: FileRemark): void {
  const { foundHash } = remark;
  if (foundHash === null) return;
  const label = `Use the new content of ${nameOf(studio, remark)}`;
  changeDocument(studio.project, label, (document) => acceptContent(document, remark, foundHash));
  settleFile(studio, remark);
  say(studio.messages, label, true);
}

/** Takes the dataset of a missing file out of the project. */
export function removeMissing(studio: Studio, remark: FileRemark): void {
  const label = `${nameOf(studio, remark)} removed`;
  changeDocument(studio.project, label, (document) => removeDataset(document, remark.dataset));
  settleFile(studio, remark);
  pruneDatasets(studio);
  say(studio.messages, label, true);
}

/** Goes on as it is; the project keeps naming the file. */
export function keepWithout(studio: Studio, problemId: number): void {
  dismissProblem(studio.messages, problemId);
}
