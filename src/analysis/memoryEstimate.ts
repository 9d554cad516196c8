/** How much memory an analysis will need, found out before it starts. */
import { StudioError } from "../errors.ts";
import { countSoapFeatures } from "../numerics/soapLayout.ts";
import type { MapEntry } from "../project/document.ts";
import { exactMapWorkspace } from "../projection/kernelPca.ts";
import type { Requirements } from "./requirements.ts";
import { mapComponents, mapLayout } from "./stages/mapStage.ts";

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
  const { variants, pool, targets } = requirements;
  const nFeatures = featureCount(requirements);
  const nTargets = targets.reduce((sum, { offsets }) => sum + (offsets.at(-1) ?? 0), 0);
  const { dimension, described, nActive, groups } = modelSize(requirements, nFeatures);
  const map = mapLayout(
    nTargets,
    nActive === 0 ? null : nActive,
    nFeatures,
    requirements.species.length,
  );
  const perVariant = 4 + 2 * (requirements.uncertainty.committee?.members ?? 0);
  const rows = variants.reduce((sum, { rowIndices }) => sum + rowIndices.length + dimension, 0);
  const arrays: readonly ArrayEstimate[] = [
    {
      name: `the features of ${described} training environments (${nFeatures} each)`,
      bytes: 8 * nFeatures * described,
      remedy: "Use fewer structures, or smaller nMax and lMax.",
    },
    {
      name: `the kernel of ${nActive} active points`,
      bytes: 8 * 4 * nActive * nActive,
      remedy: "Choose a smaller model.activeSet.size.",
    },
    {
      name: `the rows of ${pool.length} training structures`,
      bytes: 8 * groups * pool.length * (nActive + dimension),
      remedy: "Choose a smaller model.activeSet.size or fewer training structures.",
    },
    {
      name: `the factors of ${variants.length} variants`,
      bytes: 8 * factorDoubles(requirements, dimension, rows),
      remedy: "Choose a smaller model.activeSet.size or fewer variants.",
    },
    {
      name: `the values of ${nTargets} target environments`,
      bytes: 8 * nTargets * (perVariant * variants.length + 4),
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

function featureCount({ descriptor, species, importedWidth }: Requirements): number {
  return descriptor.type === "features"
    ? (importedWidth ?? 0)
    : countSoapFeatures(descriptor.nMax, descriptor.lMax, species.length, "symmetric");
}

/**
 * Dimension of φ, environments whose features are stored, active points, and how many sets of pool
 * rows there are.
 */
function modelSize(
  { model, candidateOffsets, poolOffsets, variants, species }: Requirements,
  nFeatures: number,
): {
  readonly dimension: number;
  readonly described: number;
  readonly nActive: number;
  readonly groups: number;
} {
  const nPool = poolOffsets.at(-1) ?? 0;
  switch (model.type) {
    case "linear": {
      const blocks = model.perSpecies === false ? 1 : species.length;
      return { dimension: nFeatures * blocks, described: 0, nActive: 0, groups: 1 };
    }
    case "network": {
      const widths = [nFeatures, ...(model.hidden ?? [16, 16]), 1];
      const weights = widths
        .slice(1)
        .reduce((sum, width, layer) => sum + width * ((widths[layer] ?? 0) + 1), 0);
      const dimension = weights * species.length;
      return { dimension, described: 2 * nPool, nActive: 0, groups: variants.length };
    }
    case "sparse-kernel": {
      const { activeSet } = model;
      if (activeSet.method === "explicit") {
        const nActive = activeSet.indices.length;
        return { dimension: nActive, described: nActive, nActive, groups: 1 };
      }
      const { size } = activeSet;
      const isOwn = activeSet.perVariant === true;
      const described = isOwn ? nPool * variants.length : (candidateOffsets.at(-1) ?? 0);
      const groups = isOwn ? variants.length : 1;
      return { dimension: size, described, nActive: size, groups };
    }
  }
}

/** QR factors are square, those of few rows in many dimensions are as the rows. */
function factorDoubles({ variants }: Requirements, dimension: number, rows: number): number {
  const factors = variants.reduce(
    (sum, { rowIndices }) => sum + Math.min(dimension, 4 * rowIndices.length),
    0,
  );
  return dimension * (rows + factors);
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
