/** `lpr-studio toy`: the data of Figs. 1–3, from the toy model. */
import { rigidityWarnings } from "../../src/rigidity/diagnostics.ts";
import type { StructureRows } from "../../src/models/structureRows.ts";
import { TOY_SCENARIOS, toyScenario } from "../../src/toy/toyScenarios.ts";
import { choiceOption, numberOption, parseCommand, usage } from "./arguments.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import { constrainedTable, parabolaTable, profileTable, toySummary } from "./toyFiles.ts";
import { computeToyFigures } from "./toyFigures.ts";
import { requireFolder, writeOutputs } from "./writeOutputs.ts";

/** Fewer groups than weights need μ > 0; below 1e-16 rounding outweighs what a constraint costs. */
const REGULARIZERS = { min: 1e-16, max: 1e16, integer: false };

const ROWS: readonly StructureRows[] = ["sum", "mean", "sqrt"];

/** @throws StudioError `USAGE`, `ACCESS_DENIED` */
export async function toyCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const texts = ["scenario", "regularizer", "rows", "at", "out"];
  const parsed = parseCommand("toy", args, texts, ["json"]);
  const [extra] = parsed.operands;
  if (extra !== undefined) throw usage(`unexpected argument "${extra}"`, "toy");
  const name = choiceOption(parsed, "scenario", TOY_SCENARIOS, "four-groups", "toy");
  const scenario = toyScenario(name);
  const regularizer =
    numberOption(parsed, "regularizer", REGULARIZERS, "toy") ?? scenario.base.regularizer;
  const rows = choiceOption(parsed, "rows", ROWS, scenario.base.rows, "toy");
  const at = numberOption(parsed, "at", { min: -1, max: 1, integer: false }, "toy");
  const out = parsed.text("out");
  if (out === "") throw usage("--out is empty", "toy");
  if (out !== undefined) await requireFolder(out);

  const figures = computeToyFigures(
    { ...scenario, base: { ...scenario.base, regularizer, rows } },
    at,
  );
  for (const { profile } of figures.models) {
    for (const { lpr } of profile.curves) {
      for (const remark of rigidityWarnings(lpr, profile.errorEstimate)) {
        terminal.note(describeDiagnostic(remark));
      }
    }
  }
  if (out !== undefined) {
    await writeOutputs(out, [
      { name: "profile.csv", bytes: profileTable(figures) },
      { name: "constrained.csv", bytes: constrainedTable(figures) },
      { name: "parabola.csv", bytes: parabolaTable(figures) },
      { name: "summary.json", bytes: `${JSON.stringify(toySummary(figures), null, 2)}\n` },
    ]);
  }
  if (out === undefined || parsed.flag("json")) {
    terminal.print(`${JSON.stringify(toySummary(figures, { withCurves: true }))}\n`);
  }
}
