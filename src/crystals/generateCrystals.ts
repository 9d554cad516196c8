/** Single-environment crystals: prototypes × distortions, judged, filtered and counted. */
import { createSoapPlan } from "../descriptors/soap.ts";
import { StudioError, type Diagnostic } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import type { RandomState } from "../random.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";
import { crystalRandom, drawCandidate, type Candidate, type Distortions } from "./candidates.ts";
import { crystalDiagnostics } from "./crystalDiagnostics.ts";
import {
  closestContact,
  filterReason,
  volumePerAtom,
  type CrystalFilters,
} from "./crystalFilters.ts";
import { buildCrystal, type IdealCrystal } from "./crystalStructure.ts";
import {
  countRejected,
  crystalInfo,
  type CrystalVerdict,
  type RejectionReason,
} from "./crystalVerdict.ts";
import { DuplicateFinder, featureDistanceLimit } from "./duplicates.ts";
import {
  DEFAULT_DUPLICATE_TOLERANCE,
  DEFAULT_SOAP_TOLERANCE,
  DEFAULT_SYMPREC,
  requireSensibleRequest,
  type CrystalGeneration,
} from "./generationRequest.ts";
import type { PrototypeName } from "./prototypes.ts";
import {
  judgeEnvironments,
  type EnvironmentJudge,
  type EnvironmentVerdict,
} from "./singleEnvironment.ts";
import type { SymmetryAnalyzer } from "./symmetry.ts";

/** Generated crystals and how they came about. */
export interface CrystalSet {
  readonly structures: readonly Structure[];
  /** One for each candidate, in order; the accepted ones are `structures`, in order. */
  readonly verdicts: readonly CrystalVerdict[];
  readonly rejected: Readonly<Record<RejectionReason, number>>;
  /** Where the size of each crystal comes from, in the order of the request. */
  readonly sizes: readonly {
    readonly prototype: PrototypeName;
    readonly species: readonly string[];
    readonly a: number;
    readonly c: number;
    readonly u: number;
    readonly source: string;
  }[];
  readonly diagnostics: readonly Diagnostic[];
  /** Symmetry finder and backend. */
  readonly methods: string;
}

/** Called while generating. */
export interface GenerationHooks {
  /** Part of the wanted structures found, 0 … 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly isCancelled?: (() => boolean) | undefined;
}

/** A crystal gives up after this many rejections in a row. */
const MAX_REJECTIONS = 200;

/**
 * Generates single-environment crystals; equal requests give equal results on every backend up to
 * rounding. Every accepted structure has one orbit for each species by symmetry *and* equal feature
 * vectors; candidates about which the two disagree are left out and reported.
 *
 * The structures' info says `prototype`, `strain` (xx yy zz yz xz xy), `strain_kind`, `internal`,
 * `spacegroup`, `spacegroup_symbol`, `wyckoff`, `symprec`, `volume_per_atom`, `shortest_distance`,
 * `soap_spread` and `single_environment`.
 *
 * Source: Chong et al. (2023), Sec. V and Fig. S16.
 *
 * @throws StudioError `INVALID_PARAMETER` for a request that makes no sense, `CANCELLED`
 */
export function generateCrystals(
  request: CrystalGeneration,
  analyzer: SymmetryAnalyzer,
  backend: NumericsBackend,
  { onProgress, isCancelled }: GenerationHooks = {},
): CrystalSet {
  const steps = crystalGeneration(request, analyzer, backend);
  for (;;) {
    if (isCancelled?.() === true) {
      throw new StudioError("CANCELLED", "the generation of crystals was cancelled");
    }
    const step = steps.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
  }
}

/**
 * {@link generateCrystals} in steps of one candidate, for hosts that must stay responsive. Yields
 * the part of the wanted structures found, 0 … 1.
 */
export function* crystalGeneration(
  request: CrystalGeneration,
  analyzer: SymmetryAnalyzer,
  backend: NumericsBackend,
): Generator<number, CrystalSet, undefined> {
  requireSensibleRequest(request);
  const crystals = request.crystals.map(buildCrystal);
  const judge = createJudge(request, crystals, analyzer, backend);
  const distortions = distortionsOf(request);
  const limit = featureDistanceLimit(
    request.duplicateTolerance ?? DEFAULT_DUPLICATE_TOLERANCE,
    request.zeta ?? 1,
  );
  const trial = { judge, filters: request.filters ?? {}, duplicates: new DuplicateFinder(limit) };
  const isDistorting = distortions.strain > 0 || distortions.internal > 0;
  let sources = crystals.map((crystal) => new CandidateSource(crystal, distortions, request.seed));
  const structures: Structure[] = [];
  const verdicts: CrystalVerdict[] = [];
  while (structures.length < request.count && sources.length > 0) {
    for (const source of sources) {
      // Every crystal's turn lasts until it has given one structure.
      let isFound = false;
      while (!isFound && structures.length < request.count && source.isAlive) {
        const candidate = source.next();
        const { verdict, structure } = tryCandidate(source.crystal, candidate, trial);
        verdicts.push(verdict);
        if (structure !== null) structures.push(structure);
        isFound = structure !== null;
        source.record(isFound, isDistorting);
        yield structures.length / request.count;
      }
    }
    sources = sources.filter(({ isAlive }) => isAlive);
  }
  const sizes = crystals.map(({ prototype, species, parameters, source }) => ({
    prototype: prototype.name,
    species: species.map(speciesSymbol),
    ...parameters,
    source,
  }));
  const rejected = countRejected(verdicts);
  const diagnostics = crystalDiagnostics(request, verdicts, structures.length);
  const methods = `${analyzer.description} · ${backend.description}`;
  return { structures, verdicts, rejected, sizes, diagnostics, methods };
}

/** The candidates of one crystal, until it gives up. */
class CandidateSource {
  readonly crystal: IdealCrystal;
  readonly #distortions: Distortions;
  readonly #random: RandomState;
  #index = 0;
  #rejections = 0;
  isAlive = true;

  constructor(crystal: IdealCrystal, distortions: Distortions, seed: number) {
    this.crystal = crystal;
    this.#distortions = distortions;
    this.#random = crystalRandom(seed, crystal);
  }

  next(): Candidate {
    return drawCandidate(this.crystal, this.#distortions, this.#index++, this.#random);
  }

  /** Without distortions every further candidate would be the same. */
  record(isAccepted: boolean, isDistorting: boolean): void {
    this.#rejections = isAccepted ? 0 : this.#rejections + 1;
    this.isAlive = isDistorting && this.#rejections < MAX_REJECTIONS;
  }
}

interface Trial {
  readonly judge: EnvironmentJudge;
  readonly filters: CrystalFilters;
  readonly duplicates: DuplicateFinder;
}

/** Cheap checks first. */
function tryCandidate(
  crystal: IdealCrystal,
  candidate: Candidate,
  { judge, filters, duplicates }: Trial,
): { readonly verdict: CrystalVerdict; readonly structure: Structure | null } {
  const { structure, strainKind, strain, internal } = candidate;
  const isSheet = crystal.prototype.dimension === "sheet";
  const volume = isSheet ? null : volumePerAtom(structure);
  const contact = closestContact(structure);
  const known = {
    prototype: crystal.prototype.name,
    species: crystal.species.map(speciesSymbol),
    strainKind,
    strain,
    internal,
    volumePerAtom: volume,
    shortestDistance: contact.distance,
  };
  const unknown = { symmetry: null, nOrbits: null, soapSpread: null };
  const filtered = filterReason(volume, contact, filters);
  if (filtered !== null) {
    return { verdict: { ...known, ...unknown, outcome: filtered }, structure: null };
  }
  const found = judgeOrNull(structure, judge);
  if (found === null) {
    return { verdict: { ...known, ...unknown, outcome: "symmetry-failed" }, structure: null };
  }
  const { symmetry, nOrbits, soapSpread } = found;
  const outcome = outcomeOf(found, () => duplicates.isDuplicate(structure, found.features));
  const verdict: CrystalVerdict = { ...known, symmetry, nOrbits, soapSpread, outcome };
  if (outcome !== "accepted") return { verdict, structure: null };
  return { verdict, structure: { ...structure, info: crystalInfo(verdict, structure) } };
}

function judgeOrNull(structure: Structure, judge: EnvironmentJudge): EnvironmentVerdict | null {
  try {
    return judgeEnvironments(structure, judge);
  } catch (error) {
    if (error instanceof StudioError && error.code === "NO_CONVERGENCE") return null;
    throw error;
  }
}

function outcomeOf(
  { isSingleBySymmetry, isSingleBySoap }: EnvironmentVerdict,
  isDuplicate: () => boolean,
): CrystalVerdict["outcome"] {
  if (isSingleBySymmetry !== isSingleBySoap) return "verdicts-disagree";
  if (!isSingleBySymmetry) return "not-single-environment";
  return isDuplicate() ? "duplicate" : "accepted";
}

function createJudge(
  request: CrystalGeneration,
  crystals: readonly IdealCrystal[],
  analyzer: SymmetryAnalyzer,
  backend: NumericsBackend,
): EnvironmentJudge {
  const species = Uint8Array.from(new Set(crystals.flatMap((crystal) => crystal.species))).sort();
  return {
    analyzer,
    symprec: request.symprec ?? DEFAULT_SYMPREC,
    backend,
    plan: createSoapPlan(request.descriptor, species, "symmetric"),
    species,
    soapTolerance: request.soapTolerance ?? DEFAULT_SOAP_TOLERANCE,
  };
}

function distortionsOf(request: CrystalGeneration): Distortions {
  return {
    strain: request.strain,
    strainKinds: request.strainKinds ?? ["random"],
    internal: request.internal ?? 0,
    isAdmissible: request.isAdmissible ?? true,
    withIdeal: request.withIdeal ?? true,
  };
}
