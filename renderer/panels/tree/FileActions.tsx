import type { ReactNode } from "react";
import type { FileRemark } from "../../../src/contract/movedFiles.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import type { Problem } from "../../state/window/messageStore.ts";
import {
  keepWithout,
  locateFile,
  removeMissing,
  searchForFiles,
  acceptNewContent,
} from "../../state/project/movedFileActions.ts";
import { readAgain } from "../../state/project/projectActions.ts";
import { attempt } from "../../state/studio.ts";

/** What can be done about a file that was not read, is away, or changed. */
export function FileActions({ problem }: { readonly problem: Problem }): ReactNode {
  const studio = useStudio();
  const { dataset, remark } = problem;
  if (remark === null && dataset === null) return null;
  const file: FileRemark | null = remark ?? unreadable(problem);
  return (
    <>
      {remark !== null && remark.foundHash !== null ? (
        <Button
          size="small"
          onClick={() => {
            acceptNewContent(studio, remark);
          }}
        >
          Use the new content
        </Button>
      ) : null}
      {file === null ? null : (
        <Button
          size="small"
          onClick={() => {
            attempt(studio, "The file was not located", () => locateFile(studio, file));
          }}
        >
          {remark === null ? "Choose another file" : "Locate…"}
        </Button>
      )}
      {remark?.foundHash === null ? (
        <MissingActions remark={remark} problemId={problem.id} />
      ) : (
        <ReadAgain />
      )}
    </>
  );
}

/** A damaged file can be exchanged for another as a missing one can. */
function unreadable({ dataset, error }: Problem): FileRemark | null {
  if (dataset === null) return null;
  return { ...error, dataset, part: "structures", expectedHash: null, foundHash: null };
}

/** Reads the files of the project anew. */
export function ReadAgain(): ReactNode {
  const studio = useStudio();
  return (
    <Button
      size="small"
      onClick={() => {
        attempt(studio, "The files were not read", () => readAgain(studio));
      }}
    >
      Read again
    </Button>
  );
}

function MissingActions(props: {
  readonly remark: FileRemark;
  readonly problemId: number;
}): ReactNode {
  const studio = useStudio();
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          attempt(studio, "The folder was not searched", () => searchForFiles(studio));
        }}
      >
        Search a folder…
      </Button>
      <Button
        size="small"
        onClick={() => {
          removeMissing(studio, props.remark);
        }}
      >
        Remove from the project
      </Button>
      <Button
        size="small"
        look="plain"
        onClick={() => {
          keepWithout(studio, props.problemId);
        }}
      >
        Keep without
      </Button>
    </>
  );
}
