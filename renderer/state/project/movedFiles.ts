/** Files that are away or changed: what is said of them, and what the person does about it. */
import type { DatasetFile, FileRemark, LocatedFile } from "../../../src/contract/movedFiles.ts";
import type { DatasetEntry, ProjectDocument } from "../../../src/project/document.ts";
import { reportProblem, type MessageStore, type Problem } from "../window/messageStore.ts";
import type { Studio } from "../studio.ts";

function changeFile(
  document: ProjectDocument,
  { dataset, part }: DatasetFile,
  file: Partial<LocatedFile>,
): ProjectDocument {
  const entry = document.datasets[dataset];
  if (entry === undefined) return document;
  const change = {
    ...(file.path === undefined ? {} : { path: file.path }),
    ...(file.hash === undefined ? {} : { hash: file.hash }),
  };
  let changed: DatasetEntry;
  if (part === "structures") changed = { ...entry, ...change, ...labelAfter(entry, file.name) };
  else if (entry.features === undefined) return document;
  else changed = { ...entry, features: { ...entry.features, ...change } };
  return { ...document, datasets: { ...document.datasets, [dataset]: changed } };
}

/** A label that was only the old file's name follows the new one. */
function labelAfter(entry: DatasetEntry, name: string | undefined): Pick<DatasetEntry, "label"> {
  const oldName = entry.path.split(/[\\/]/).at(-1);
  return name === undefined || entry.label !== oldName ? {} : { label: name };
}

/** Reads a file of a dataset from another place. All else about the dataset stays. */
export function moveFile(
  document: ProjectDocument,
  file: DatasetFile,
  located: LocatedFile,
): ProjectDocument {
  return changeFile(document, file, located);
}

/** The content that is there now is the one that the project means. */
export function acceptContent(
  document: ProjectDocument,
  file: DatasetFile,
  hash: string,
): ProjectDocument {
  return changeFile(document, file, { hash });
}

/** Absolute path of a file of a dataset; null when the document has none. */
export function pathOfFile(
  document: ProjectDocument,
  { dataset, part }: DatasetFile,
): string | null {
  const entry = document.datasets[dataset];
  return (part === "structures" ? entry?.path : entry?.features?.path) ?? null;
}

/** Says it in the drawer, where it can be acted on. */
export function reportRemark(studio: Studio, remark: FileRemark): void {
  const { document } = studio.project.getState();
  const { dataset, part } = remark;
  const label = document.datasets[dataset]?.label ?? dataset;
  const subject = part === "structures" ? label : `The features of ${label}`;
  const verb = part === "structures" ? "was" : "were";
  const isAway = remark.foundHash === null;
  const title = isAway ? `${subject} ${verb} not opened` : `${subject} changed`;
  // What is only changed is not settled by reading it.
  reportProblem(studio.messages, title, remark, isAway ? dataset : null, remark);
}

function withoutProblems(store: MessageStore, isGone: (problem: Problem) => boolean): void {
  store.setState((state) => ({ problems: state.problems.filter((one) => !isGone(one)) }));
}

/** Nothing more is to be said about this file. */
export function settleFile(studio: Studio, { dataset, part }: DatasetFile): void {
  withoutProblems(
    studio.messages,
    ({ remark }) => remark?.dataset === dataset && remark.part === part,
  );
}

/** A saved project has the content that is there. */
export function forgetChangedFiles(studio: Studio): void {
  withoutProblems(studio.messages, ({ remark }) => (remark?.foundHash ?? null) !== null);
}

/** What is away now, in the order in which it was reported. */
export function missingFiles(studio: Studio): readonly FileRemark[] {
  return studio.messages
    .getState()
    .problems.flatMap(({ remark }) => (remark?.foundHash === null ? [remark] : []));
}
