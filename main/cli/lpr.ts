/** `lpr-studio lpr`: LPR of a linear model on features from anywhere. */
import { basename, dirname } from "node:path";
import { StudioError } from "../../src/errors.ts";
import { readNpy, writeNpy } from "../../src/formats/npy.ts";
import { rowScales, scaleRows } from "../../src/models/structureRows.ts";
import { requireFinite } from "../../src/numerics/checks.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { rigidityWarnings } from "../../src/rigidity/diagnostics.ts";
import { errorSample, featureErrorEstimate, takeSample } from "../../src/rigidity/errorEstimate.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { createBackend } from "../compute/createBackend.ts";
import {
  backendOption,
  choiceOption,
  numberOption,
  parseCommand,
  requiredText,
  usage,
} from "./arguments.ts";
import { readInput } from "./readInput.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import { requireFilePlace, writeOutputs } from "./writeOutputs.ts";

/** @throws StudioError `USAGE`, `INVALID_FILE`, `INCOMPATIBLE_SHAPE`, `NOT_POSITIVE_DEFINITE` */
export async function lprCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const texts = ["train", "structures", "targets", "regularizer", "rows", "out", "backend"];
  const parsed = parseCommand("lpr", args, texts);
  const [extra] = parsed.operands;
  if (extra !== undefined) throw usage(`unexpected argument "${extra}"`, "lpr");
  const paths = {
    train: requiredText(parsed, "train", "lpr"),
    structures: requiredText(parsed, "structures", "lpr"),
    targets: requiredText(parsed, "targets", "lpr"),
    out: requiredText(parsed, "out", "lpr"),
  };
  requiredText(parsed, "regularizer", "lpr");
  const range = { min: 0, max: Number.MAX_VALUE, integer: false };
  const regularizer = numberOption(parsed, "regularizer", range, "lpr") ?? 0;
  const rows = choiceOption(parsed, "rows", ["sum", "sqrt", "mean"], "sum", "lpr");
  const choice = backendOption(parsed, "lpr");
  await requireFilePlace(paths.out);
  const train = await readMatrix(paths.train);
  const targets = await readMatrix(paths.targets);
  if (targets.cols !== train.cols) {
    throw shapeError(
      paths.targets,
      `${targets.cols} features, but ${paths.train} has ${train.cols}`,
    );
  }
  const { sums, counts, skipped } = await sumStructures(train, paths.structures);
  const { backend, diagnostics } = createBackend(choice);
  const structureRows = scaleRows(sums, rowScales(counts, rows));
  const factor = factorize(structureRows, regularizer, backend);
  const rigidity = localPredictionRigidity(factor, targets, backend);
  const indices = errorSample(rigidity);
  const sample = takeSample(targets, rigidity, indices);
  const errorEstimate = featureErrorEstimate(
    { structureRows, phi: sample.rows, rigidity: sample.rigidity },
    regularizer,
    backend,
  );
  if (skipped > 0) {
    terminal.note(
      `warning: ${paths.structures}: ${skipped} structure indices below the largest have no row: ` +
        "they were taken as names, not as empty structures.",
    );
  }
  for (const remark of [...diagnostics, ...rigidityWarnings(rigidity, errorEstimate)]) {
    terminal.note(describeDiagnostic(remark));
  }
  terminal.note(
    `${backend.description}: ${sums.rows} structures, ${targets.rows} environments, ` +
      `condition ${factor.conditionEstimate.toExponential(1)}, ` +
      `relative error ≤ ${errorEstimate.toExponential(1)}`,
  );
  const bytes = writeNpy(rigidity, [rigidity.length]);
  await writeOutputs(dirname(paths.out), [{ name: basename(paths.out), bytes }]);
}

async function readMatrix(path: string): Promise<DenseMatrix> {
  const { shape, data } = readNpy(await readInput(path), path);
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined || rows * cols === 0) {
    throw shapeError(path, `shape (${shape.join(", ")}), expected environments × features`);
  }
  requireFinite(data, path);
  return denseMatrix(rows, cols, data);
}

/** Structures in ascending order of their index; a structure's rows need not be neighbours. */
async function sumStructures(
  train: DenseMatrix,
  path: string,
): Promise<{
  readonly sums: DenseMatrix;
  readonly counts: Int32Array;
  /** Indices below the largest that no row has. */
  readonly skipped: number;
}> {
  const { shape, data } = readNpy(await readInput(path), path);
  if (shape.length !== 1 || data.length !== train.rows) {
    throw shapeError(
      path,
      `shape (${shape.join(", ")}), expected one index for each of ${train.rows} rows`,
    );
  }
  const wrong = data.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (wrong !== -1) {
    throw shapeError(path, `value ${wrong} is ${data[wrong] ?? NaN}, expected an index ≥ 0`);
  }
  const positions = new Map(
    [...new Set(data)].sort((a, b) => a - b).map((index, position) => [index, position]),
  );
  const counts = new Int32Array(positions.size);
  const sums = denseMatrix(positions.size, train.cols);
  data.forEach((index, i) => {
    const a = positions.get(index) ?? 0;
    counts[a] = (counts[a] ?? 0) + 1;
    const sum = rowRange(sums, a, a + 1).data;
    rowRange(train, i, i + 1).data.forEach((value, j) => {
      sum[j] = (sum[j] ?? 0) + value;
    });
  });
  const largest = data.reduce((most, index) => Math.max(most, index), 0);
  return { sums, counts, skipped: largest + 1 - positions.size };
}

function shapeError(path: string, found: string): StudioError {
  return new StudioError("INCOMPATIBLE_SHAPE", `found ${found}`, { location: { file: path } });
}
