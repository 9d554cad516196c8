/** `docs/reproduction.md`: one section for each study, replaced one by one. */
import type { Claim, Verdict } from "./claim.ts";
import { figures } from "./format.ts";
import type { RunSummary } from "./runResults.ts";

/** How a run went. */
export interface RunRecord {
  readonly name: string;
  /** Arguments of the command line, without the folder of the results. */
  readonly command: string;
  readonly seconds: number;
  /** Null for commands that write no summary. */
  readonly summary: RunSummary | null;
}

/** A study that was run. */
export interface SectionContent {
  readonly name: string;
  readonly title: string;
  readonly remark: string;
  readonly claims: readonly Claim[];
  readonly runs: readonly RunRecord[];
  /** When and where, a line. */
  readonly circumstances: string;
}

const VERDICTS: readonly Verdict[] = [
  "reproduced",
  "direction reproduced",
  "not reproduced",
  "not evaluated",
];

const HEADER = `# Reproduction of the paper's results

S. Chong, F. Grasselli, C. Ben Mahmoud, J. D. Morrow, V. L. Deringer and M. Ceriotti, “Robustness of
Local Predictions in Atomistic Machine Learning Models”, _J. Chem. Theory Comput._ **19**, 8020
(2023). Written by \`npm run reproduce\`; do not edit.

Every project is run through the command line and every number below is read from the files it
writes. The structures are stand-ins for the paper's, so its third digits cannot be expected.

The paper does not print most of its settings (numbers of active points, ζ, μ). Ours were chosen by
looking at how strongly LPR varies and at the test error, not blindly: a verdict says that the
statement can be found with sensible settings, not that every setting shows it.

- **reproduced**: the statement holds, and where the paper gives a number ours is within a factor of
  two of it (or the factor that the remark states). Statements about groups of atoms also need nearly
  all atoms to follow: 90 % for a rise of LPR, which has to be ×1.2 or more on average, and 75 % for a
  fall of the committee variance.
- **direction reproduced**: it holds on average or in sign, not in size.
- **not reproduced**: it does not hold here.
- **not evaluated**: the run lacks what is needed.
`;

/** Cells of Markdown tables must not contain bars or line breaks. */
function cell(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

function describeModel(summary: RunSummary): string {
  const { model, descriptor } = summary;
  const type = String(model["type"]);
  const regularizer = model["regularizer"];
  const mu =
    typeof regularizer === "number"
      ? `μ = ${regularizer}`
      : `μ = ${summary.regularizer.toPrecision(2)} (cross-validation)`;
  const activeSet = model["activeSet"] as Readonly<Record<string, unknown>> | undefined;
  const parts = [
    type,
    ...(activeSet === undefined
      ? []
      : [`M = ${String(activeSet["size"])} (${String(activeSet["method"])})`]),
    ...(typeof model["zeta"] === "number" ? [`ζ = ${model["zeta"]}`] : []),
    ...(model["hidden"] === undefined ? [] : [`hidden ${JSON.stringify(model["hidden"])}`]),
    mu,
    `rows ${summary.structureRows}`,
    `SOAP ${String(descriptor["cutoff"])}/${String(descriptor["cutoffWidth"])} Å, ` +
      `σ ${String(descriptor["sigma"])} Å, n ${String(descriptor["nMax"])}, l ${String(descriptor["lMax"])}`,
  ];
  return parts.join(", ");
}

function settings(runs: readonly RunRecord[]): string {
  const rows = runs.map(({ name, command, seconds, summary }) => {
    if (summary === null) return [name, `\`${command}\``, "—", "—", `${figures(seconds)} s`];
    const [first] = summary.variants;
    const targets = summary.targets.reduce((sum, target) => sum + target.nEnvironments, 0);
    return [
      name,
      describeModel(summary),
      `${first?.nStructures ?? 0} structures, ${first?.nEnvironments ?? 0} atoms`,
      `${targets} atoms`,
      `${figures(seconds)} s`,
    ];
  });
  return table(["Run", "Model and descriptor", "First training set", "Targets", "Time"], rows);
}

/** The Markdown of one study, between its markers. */
export function section(content: SectionContent): string {
  const rows = content.claims.map((claim) => [
    claim.place,
    claim.paper,
    claim.ours,
    `**${claim.verdict}**`,
    claim.remark ?? "",
  ]);
  return [
    `## ${content.title}`,
    content.remark,
    table(["Paper", "What it says", "Here", "Verdict", "Remark"], rows),
    settings(content.runs),
    content.circumstances,
  ].join("\n\n");
}

function marker(name: string): string {
  return `<!-- study: ${name} -->`;
}

const END = "<!-- end of study -->";

/** Sections of an earlier report by the name of their study. */
export function readSections(report: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (const part of report.split("<!-- study: ").slice(1)) {
    const name = part.slice(0, part.indexOf(" -->"));
    const end = part.indexOf(END);
    if (end >= 0) sections.set(name, part.slice(part.indexOf("-->") + 3, end).trim());
  }
  return sections;
}

/** How often each verdict was given in a section. */
export function countVerdicts(text: string): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number => text.split(`| **${verdict}**`).length - 1;
  return {
    reproduced: count("reproduced"),
    "direction reproduced": count("direction reproduced"),
    "not reproduced": count("not reproduced"),
    "not evaluated": count("not evaluated"),
  };
}

function overview(sections: ReadonlyMap<string, string>): string {
  const rows = [...sections.values()].map((text) => {
    const counts = countVerdicts(text);
    const title = /^## (.*)$/m.exec(text)?.[1] ?? "";
    return [title, ...VERDICTS.map((verdict) => String(counts[verdict]))];
  });
  const totals = VERDICTS.map((_, column) =>
    String(rows.reduce((sum, cells) => sum + Number(cells[column + 1]), 0)),
  );
  return table(["Study", ...VERDICTS], [...rows, ["**all**", ...totals]]);
}

/**
 * The whole report: sections of this run, and of an earlier report where a study was not run.
 * @param order - names of the studies in the order of the report; others are dropped
 */
export function assembleReport(
  order: readonly string[],
  fresh: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, string>,
): string {
  const sections = new Map<string, string>();
  for (const name of order) {
    const text = fresh.get(name) ?? earlier.get(name);
    if (text !== undefined) sections.set(name, text);
  }
  const bodies = [...sections].map(([name, text]) => `${marker(name)}\n\n${text}\n\n${END}`);
  return `${[HEADER.trim(), overview(sections), ...bodies].join("\n\n")}\n`;
}
