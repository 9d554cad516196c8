/** What-if and suggestions at M = 2000 for a film of 3500 atoms, beside plain refits. Two threads. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { denseMatrix, rowRange } from "../../src/numerics/matrix.ts";
import { createRandom, uniform } from "../../src/random.ts";
import { rankCandidates } from "../../src/rigidity/candidateGain.ts";
import { createCandidateSpace } from "../../src/rigidity/candidateSpace.ts";
import { greedySelect, randomSelections } from "../../src/rigidity/greedySelection.ts";
import { factorize, localPredictionRigidity } from "../../src/rigidity/rigidityFactor.ts";
import { createWhatIfSession } from "../../src/rigidity/whatIf.ts";
import { formatSeconds, measure, printRow } from "./measure.ts";

const M = 2000;
const TRAINING = 1000;
const POOL = 1400;
const TARGETS = 3500;
const CANDIDATES = 5000;
const REGULARIZER = 1e-3;

const backend = createNativeBackend(loadNative());
backend.setThreads(2);

/** Dense rows whose columns fall over five decades, as those of kernel space do. */
function rowsLikeKernelSpace(rows: number, seed: number) {
  const random = createRandom(seed);
  const scales = Float64Array.from({ length: M }, (_, j) => 10 ** ((-5 * j) / M));
  const data = new Float64Array(rows * M);
  for (let k = 0; k < data.length; k++) data[k] = (2 * uniform(random) - 1) * scales[k % M]!;
  return denseMatrix(rows, M, data);
}

async function bench(work: string, action: () => unknown, what = "", repeats = 5): Promise<void> {
  const { seconds, peakBytes } = await measure(action, repeats);
  printRow({ work, time: formatSeconds(seconds), peakBytes, operations: what });
}

const pool = rowsLikeKernelSpace(POOL, 1);
const targetPhi = rowsLikeKernelSpace(TARGETS, 2);
const candidates = rowsLikeKernelSpace(CANDIDATES, 3);
const rowCounts = Array.from({ length: POOL }, (_, i) => (i < TRAINING ? 1 : 0));
const training = rowRange(pool, 0, TRAINING);
const factor = factorize(training, REGULARIZER, backend);
const problem = { factor, poolRows: pool, rowCounts, targetPhi };

const size = `M ${String(M)}, ${String(TARGETS)} atoms`;
const refit = () =>
  localPredictionRigidity(factorize(training, REGULARIZER, backend), targetPhi, backend);
await bench(`Plain refit, ${size}`, refit, `${factor.kind} of ${String(TRAINING)} structures`, 2);
await bench("Open a what-if session", () => createWhatIfSession(problem, backend), "", 2);

const session = createWhatIfSession(problem, backend);
// Every repeat takes structures that the session has not seen, so that nothing is remembered.
let fresh = 0;
let worst = 0;
const toggle = (count: number, from: number) => (): void => {
  session.reset();
  for (let i = 0; i < count; i++) session.toggle(from + (fresh++ % (POOL - TRAINING)));
  const answer = session.lpr();
  if (!answer.exact) worst = Math.max(worst, answer.errorEstimate);
};
await bench("Toggle one structure in", toggle(1, TRAINING));
await bench("Toggle one structure out", toggle(1, 0));
await bench("Toggle ten structures in", toggle(10, TRAINING));
await bench("Toggle ten structures out", toggle(10, 0));
session.reset();
let more = 0;
await bench("Toggle one more beside those before", () => {
  session.toggle(TRAINING + 300 + more++);
  session.lpr();
});
printRow({
  work: "Largest error estimate of these answers",
  time: worst.toExponential(1),
  peakBytes: null,
  operations: "",
});

const work = `${String(CANDIDATES)} candidates`;
const spaceProblem = { factor, candidates, targets: targetPhi };
await bench(
  `First ranking of ${work}, ${String(TARGETS)} atoms`,
  () => rankCandidates(createCandidateSpace(spaceProblem, backend), backend),
  "whitening and products",
  3,
);
const space = createCandidateSpace(spaceProblem, backend);
const greedy = () => greedySelect(space, { count: 10 }, backend);
await bench(`Greedy choice of 10 of ${work}`, greedy, "", 2);
const random = () => randomSelections(space, { count: 10, repeats: 20, seed: 1 }, backend);
await bench("Random selections of 10, 20 times", random, "", 2);
const chosen = greedy().steps[9]?.totalGain ?? 0;
printRow({
  work: "Mean log LPR gained by ten: greedy; random",
  time: chosen.toFixed(4),
  peakBytes: null,
  operations: `${random().mean.toFixed(4)} ± ${random().standardDeviation.toFixed(4)}`,
});
