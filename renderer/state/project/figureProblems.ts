/** Figures that name what the project no longer has: a lasting problem until they do not. */
import type { ProjectDocument } from "../../../src/project/document.ts";
import {
  findFigureProblems,
  findProblemsOfFigures,
} from "../../../src/project/figureReferences.ts";
import { formatJsonPath } from "../../../src/project/jsonText.ts";
import type { DatasetState } from "./datasetStore.ts";
import { settleFigures, type FigureComplaint } from "../window/messageStore.ts";
import type { Studio } from "../studio.ts";

/** Complaints of one figure that are spelled out; the rest is counted. */
const SPELLED_OUT = 3;

/** One complaint for each figure, in the order of the project. */
function figureComplaints(
  document: ProjectDocument,
  summaries: DatasetState["summaries"],
): readonly FigureComplaint[] {
  const all = findProblemsOfFigures(document, summaries);
  return [...new Set(all.map(({ figure }) => figure))].map((figure) => {
    const problems = all.filter((one) => one.figure === figure);
    const messages = [...new Set(problems.map(({ message }) => message))];
    const more = messages.length - SPELLED_OUT;
    const said = [...messages.slice(0, SPELLED_OUT), ...(more > 0 ? [`${String(more)} more`] : [])];
    const [first] = problems;
    return {
      figure,
      title: `Figure “${figure}” names what is not there`,
      error: {
        code: "INVALID_PROJECT",
        message: `${said.join("; ")}.`,
        location: { jsonPath: formatJsonPath(first?.documentPath ?? []) },
        remedy:
          messages.length === 1 && first !== undefined
            ? first.remedy
            : "Choose another for these parts of the figure, or remove them.",
      },
    };
  });
}

/** Keeps the problems of figures true to the document and the files. */
export function followFigures(studio: Studio): void {
  const settle = (): void => {
    const { document } = studio.project.getState();
    const { summaries } = studio.datasets.getState();
    settleFigures(studio.messages, figureComplaints(document, summaries));
  };
  studio.project.subscribe(({ document }, before) => {
    if (document !== before.document) settle();
  });
  studio.datasets.subscribe(({ summaries }, before) => {
    if (summaries !== before.summaries) settle();
  });
}

/** What a change leaves behind in figures, to be said after it; empty: nothing. */
export function leftInFigures(before: ProjectDocument, after: ProjectDocument): string {
  const broken = (document: ProjectDocument): readonly string[] =>
    (document.figures ?? [])
      .filter((figure) => findFigureProblems(document, figure).length > 0)
      .map(({ name }) => name);
  const known = broken(before);
  const figures = broken(after).filter((figure) => !known.includes(figure));
  const [first] = figures;
  if (first === undefined) return "";
  return figures.length === 1
    ? `; figure “${first}” still shows it`
    : `; ${String(figures.length)} figures still show it`;
}
