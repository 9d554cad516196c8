/** Whether the files of a project are where it expects them, with the content it knows. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { DatasetFile, FileRemark } from "../../src/contract/movedFiles.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { hashFile } from "./contentHash.ts";
import { datasetFiles } from "./datasetPaths.ts";

async function hashIfThere(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? await hashFile(path) : null;
  } catch {
    return null;
  }
}

async function remarkOn(
  file: DatasetFile,
  path: string,
  expected: string | undefined,
): Promise<FileRemark | null> {
  const { dataset, part } = file;
  const foundHash = await hashIfThere(path);
  if (foundHash !== null && (expected === undefined || expected === foundHash)) return null;
  const jsonPath = part === "structures" ? `datasets.${dataset}` : `datasets.${dataset}.features`;
  const name = basename(path);
  const words =
    foundHash === null
      ? {
          message: `${name} is not where the project expects it.`,
          remedy: "Locate it, search a folder for it, or go on without it.",
        }
      : {
          message: `${name} has changed since the project was saved.`,
          remedy: "Use the new content, or locate the file as it was. Results may differ.",
        };
  return {
    code: "INVALID_FILE",
    ...words,
    location: { file: path, jsonPath },
    dataset,
    part,
    expectedHash: expected ?? null,
    foundHash,
  };
}

/** What is worth saying about the files of a project, in its order; empty when all is well. */
export async function remarksOn(
  document: ProjectDocument,
  projectPath: string | null,
): Promise<readonly FileRemark[]> {
  const remarks = await Promise.all(
    Object.entries(datasetFiles(document, projectPath)).flatMap(
      ([dataset, { structures, features }]) => {
        const expected = document.datasets[dataset]?.hash;
        const remark = remarkOn({ dataset, part: "structures" }, structures, expected);
        if (features === null) return [remark];
        return [remark, remarkOn({ dataset, part: "features" }, features.path, features.hash)];
      },
    ),
  );
  return remarks.filter((remark) => remark !== null);
}
