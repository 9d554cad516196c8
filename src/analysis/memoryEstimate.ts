/** How much memory an analysis will need, found out before it starts. */
import { StudioError } from "../errors.ts";
import { countSoapFeatures } from "../numerics/soapLayout.ts";
import type { MapEntry } from "../project/document.ts";
import { exactMapWorkspace } from "../projection/kernelPca.ts";
import type { Requirements } from "./requirements.ts";
import { mapComponents, mapLayout } from "./targetStages.ts";

/** One array of a job. */
export interface ArrayEstimate {
  readonly name: string;
  readonly bytes: number;
  /** What makes it smaller. */
  readonly remedy: string;
}

/** The large arrays of an analysis, and the largest sum of those alive at the same time (all). */
export function estimateMemory(requirements: Requirements): {
  readonly totalBytes: number;
  readonly arrays: readonly ArrayEstimate[];
} {
  const { descriptor, model, species, variants, pool, targets } = requirements;
  const { activeSet } = model;
  const nFeatures = countSoapFeatures(
    descriptor.nMax,
    descriptor.lMax,
    species.length,
    "symmetric",
  );
  const nCandidates = requirements.candidateOffsets.at(-1) ?? 0;
  const nTargets = targets.reduce((sum, { offsets }) => sum + (offsets.at(-1) ?? 0), 0);
  const nActive = activeSet.method === "fps" ? activeSet.size : activeSet.indices.length;
  const described = activeSet.method === "fps" ? nCandidates : nActive;
  const map = mapLayout(nTargets, nActive, nFeatures);
  const rows = variants.reduce((sum, { rowIndices }) => sum + rowIndices.length + nActive, 0);
  const arrays: readonly ArrayEstimate[] = [
    {
      name: `the features of ${described} candidate environments (${nFeatures} each)`,
      bytes: 8 * nFeatures * described,
      remedy: "Use fewer structures in model.activeSet.from, or smaller nMax and lMax.",
    },
    {
      name: `the kernel of ${nActive} active points`,
      bytes: 8 * 4 * nActive * nActive,
      remedy: "Choose a smaller model.activeSet.size.",
    },
    {
      name: `the kernel rows of ${pool.length} training structures`,
      bytes: 8 * 2 * pool.length * nActive,
      remedy: "Choose a smaller model.activeSet.size or fewer training structures.",
    },
    {
      name: `the factors of ${variants.length} variants`,
      bytes: 8 * nActive * (rows + nActive * variants.length),
      remedy: "Choose a smaller model.activeSet.size or fewer variants.",
    },
    {
      name: `the values of ${nTargets} target environments`,
      bytes: 8 * nTargets * (4 * variants.length + 4),
      remedy: "Choose fewer targets or variants.",
    },
    {
      name: `the kernel map of ${nTargets} target environments`,
      bytes: requirements.map === null ? 0 : 8 * mapDoubles(requirements.map, nTargets, map),
      remedy: "Choose fewer targets, or leave out the map.",
    },
  ];
  return { arrays, totalBytes: arrays.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The rows of the map and, exact: its kernel and work space; landmark: the centred rows. */
function mapDoubles(
  entry: MapEntry,
  nTargets: number,
  { method, width }: ReturnType<typeof mapLayout>,
): number {
  const rows = nTargets * width;
  if (method === "landmark") return 2 * rows;
  return rows + nTargets * nTargets + exactMapWorkspace(nTargets, mapComponents(entry));
}

/**
 * @throws StudioError `OUT_OF_MEMORY` naming the largest array and what makes it smaller
 */
export function requireMemory(requirements: Requirements, limitBytes: number): void {
  const { arrays, totalBytes } = estimateMemory(requirements);
  if (totalBytes <= limitBytes) return;
  const [largest] = [...arrays].sort((a, b) => b.bytes - a.bytes);
  throw new StudioError(
    "OUT_OF_MEMORY",
    `this analysis needs about ${formatBytes(totalBytes)}, the limit is ${formatBytes(limitBytes)}; ` +
      `the largest part is ${largest?.name ?? ""}, ${formatBytes(largest?.bytes ?? 0)}`,
    { remedy: largest?.remedy },
  );
}

function formatBytes(bytes: number): string {
  return bytes >= 2 ** 30
    ? `${(bytes / 2 ** 30).toFixed(1)} GiB`
    : `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB`;
}
