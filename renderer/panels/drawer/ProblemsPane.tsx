import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatError, type ErrorLocation, type PlainError } from "../../../src/errors.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { StateMark } from "../../components/StateMark.tsx";
import { openFigure } from "../../composer/composerStore.ts";
import { dismissProblem, say, type Problem } from "../../state/window/messageStore.ts";
import { attempt } from "../../state/studio.ts";
import { FileActions } from "../tree/FileActions.tsx";

const UNCHANGED = "Nothing was changed in the project. Files already open are not affected.";

export function ProblemsPane(): ReactNode {
  const studio = useStudio();
  const problems = useStore(studio.messages, (state) => state.problems);
  const selectedId = useStore(studio.messages, (state) => state.selectedProblem);
  const selected = problems.find((problem) => problem.id === selectedId) ?? problems[0];
  if (selected === undefined) return <p className="pane-empty">No problems.</p>;
  return (
    <div className="problems">
      {problems.length > 1 ? (
        <ul className="problem-list">
          {problems.map((problem) => (
            <li key={problem.id}>
              <button
                type="button"
                className="tree-row"
                title={problem.title}
                aria-current={problem.id === selected.id}
                onClick={() => {
                  studio.messages.setState({ selectedProblem: problem.id });
                }}
              >
                <StateMark state="failed" />
                <span className="ellipsis">{problem.title}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <ProblemText problem={selected} />
      <Excerpt error={selected.error} />
    </div>
  );
}

function ProblemText({ problem }: { readonly problem: Problem }): ReactNode {
  const studio = useStudio();
  const { error } = problem;
  const isWide = excerptOf(error).length === 0;
  return (
    <div className="problem-text" role="alert" data-wide={isWide}>
      <div className="problem-words">
        <h3>
          <StateMark state="failed" />
          {problem.title}
        </h3>
        <p className="selectable">
          {placeOf(error)}
          {error.message}
        </p>
        {error.remedy === undefined ? null : <p className="selectable">{error.remedy}</p>}
        {isWide ? <p>{UNCHANGED}</p> : null}
      </div>
      <div className="button-row">
        <FileActions problem={problem} />
        {problem.figure === null ? null : <ShowFigure name={problem.figure} />}
        <Button
          size="small"
          look="plain"
          onClick={() => {
            attempt(studio, "The report was not copied", async () => {
              await studio.bridge.copyText(reportOf(problem));
              say(studio.messages, "Report copied");
            });
          }}
        >
          Copy report
        </Button>
        {problem.remark?.foundHash === null || problem.figure !== null ? null : (
          <Button
            size="small"
            look="plain"
            onClick={() => {
              dismissProblem(studio.messages, problem.id);
            }}
          >
            Dismiss
          </Button>
        )}
      </div>
    </div>
  );
}

/** Where the figure can be mended: its parts say there what they lack. */
function ShowFigure({ name }: { readonly name: string }): ReactNode {
  const studio = useStudio();
  return (
    <Button
      size="small"
      onClick={() => {
        openFigure(studio.composer, name);
        studio.view.setState({ workspace: "figure", learnOpen: false });
      }}
    >
      Show the figure
    </Button>
  );
}

/** File, line and JSON path, as far as they are known and the message does not say them itself. */
function placeOf({ location, message }: PlainError): string {
  const file = location?.file?.split(/[\\/]/).at(-1);
  const line = location?.line === undefined ? undefined : `line ${String(location.line)}`;
  const isNew = (part: string | undefined): part is string =>
    part !== undefined && !message.toLowerCase().startsWith(part.toLowerCase());
  const place = [file, line, location?.jsonPath].filter(isNew).join(", ");
  return place === "" ? "" : `${place}: `;
}

function reportOf(problem: Problem): string {
  const excerpt = excerptOf(problem.error);
  return [
    problem.title,
    `${problem.error.code}: ${formatError(problem.error)}`,
    ...excerpt.map(({ line, text }) => `${String(line)}: ${text}`),
  ].join("\n");
}

function excerptOf({ location }: PlainError): NonNullable<ErrorLocation["excerpt"]> {
  return location?.excerpt ?? [];
}

/** The lines around the fault, as they stand in the file. */
function Excerpt({ error }: { readonly error: PlainError }): ReactNode {
  const { location } = error;
  const lines = excerptOf(error);
  const first = lines[0]?.line;
  const last = lines.at(-1)?.line;
  if (first === undefined || last === undefined) return null;
  return (
    <div className="excerpt">
      <p className="excerpt-title">
        {location?.file ?? "File"}
        {location?.structureIndex === undefined
          ? ""
          : `, structure ${String(location.structureIndex + 1)}`}
        , lines {first}–{last}
      </p>
      {lines.map(({ line, text }) => (
        <div key={line} className="excerpt-line" data-bad={line === location?.line}>
          <span className="number">{line}</span>
          <code className="selectable">{text}</code>
        </div>
      ))}
      <p className="pane-note">{UNCHANGED}</p>
    </div>
  );
}
