/** What a person should know about a generation of crystals. */
import type { Diagnostic } from "../errors.ts";
import type { CrystalVerdict, RejectionReason } from "./crystalVerdict.ts";
import { DEFAULT_SOAP_TOLERANCE, type CrystalGeneration } from "./generationRequest.ts";

/**
 * Remarks about disagreeing verdicts, prototypes with several orbits, failed analyses, filters that
 * could not apply and structures that were not found.
 * @param nFound - structures accepted
 */
export function crystalDiagnostics(
  request: CrystalGeneration,
  verdicts: readonly CrystalVerdict[],
  nFound: number,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const group of groupedByCrystal(verdicts)) {
    diagnostics.push(...disagreements(group, request), ...severalOrbits(group), ...failures(group));
  }
  if (request.filters?.volumePerAtom !== undefined) {
    const sheets = verdicts.filter((verdict) => verdict.volumePerAtom === null);
    const names = [...new Set(sheets.map(({ prototype }) => prototype))].join(", ");
    if (names !== "") {
      const message = `${names}: a sheet has no volume; the volume filter was not applied to it.`;
      diagnostics.push({ severity: "info", code: "SHEET_WITHOUT_VOLUME", message });
    }
  }
  if (nFound < request.count) {
    const message = `${nFound} of ${request.count} structures were found in ${verdicts.length} candidates: ${reasons(verdicts)}. Use a wider strain, wider filters or other prototypes.`;
    diagnostics.push({ severity: "warning", code: "FEWER_CRYSTALS", message });
  }
  return diagnostics;
}

function groupedByCrystal(verdicts: readonly CrystalVerdict[]): CrystalVerdict[][] {
  const groups = new Map<string, CrystalVerdict[]>();
  for (const verdict of verdicts) {
    const name = nameOf(verdict);
    const group = groups.get(name) ?? [];
    group.push(verdict);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** Such as `zincblende GaAs`. */
function nameOf({ prototype, species }: CrystalVerdict): string {
  return `${prototype} ${species.join("")}`;
}

function disagreements(
  group: readonly CrystalVerdict[],
  { soapTolerance, descriptor }: CrystalGeneration,
): Diagnostic[] {
  const disagreeing = group.filter(({ outcome }) => outcome === "verdicts-disagree");
  const [first] = disagreeing;
  if (first === undefined) return [];
  const tolerance = soapTolerance ?? DEFAULT_SOAP_TOLERANCE;
  const texts: string[] = [];
  const blurred = disagreeing.filter(({ nOrbits }) => nOrbits === 1);
  const blind = disagreeing.filter(({ nOrbits }) => nOrbits !== 1);
  const symprec = first.symmetry?.symprec ?? 0;
  if (blurred.length > 0) {
    texts.push(
      `${blurred.length} have one orbit within symprec ${symprec} Å, but feature vectors up to ${largestSpread(blurred)} apart (tolerance ${tolerance}): nearly symmetric cells; use a smaller symprec`,
    );
  }
  if (blind.length > 0) {
    texts.push(
      `${blind.length} have ${blind[0]?.nOrbits ?? 0} orbits, but feature vectors at most ${largestSpread(blind)} apart (tolerance ${tolerance}): the descriptor (cutoff ${descriptor.cutoff} Å) cannot tell the environments apart; use a longer cutoff`,
    );
  }
  return [
    {
      severity: "warning",
      code: "VERDICTS_DISAGREE",
      message: `${nameOf(first)}: symmetry and feature vectors disagree about ${disagreeing.length} of ${group.length} candidates, which are left out: ${texts.join("; ")}.`,
    },
  ];
}

function largestSpread(verdicts: readonly CrystalVerdict[]): string {
  return Math.max(...verdicts.map(({ soapSpread }) => soapSpread ?? 0)).toExponential(1);
}

function severalOrbits(group: readonly CrystalVerdict[]): Diagnostic[] {
  const several = group.filter(({ outcome }) => outcome === "not-single-environment");
  const [first] = several;
  if (first === undefined) return [];
  const orbits = Math.max(...several.map(({ nOrbits }) => nOrbits ?? 0));
  const message = `${nameOf(first)}: ${several.length} of ${group.length} candidates are not single-environment structures (up to ${orbits} orbits of a species, feature vectors up to ${largestSpread(several)} apart) and are left out.`;
  return [{ severity: "info", code: "SEVERAL_ENVIRONMENTS", message }];
}

function failures(group: readonly CrystalVerdict[]): Diagnostic[] {
  const failed = group.filter(({ outcome }) => outcome === "symmetry-failed");
  const [first] = failed;
  if (first === undefined) return [];
  const message = `${nameOf(first)}: symmetry analysis failed for ${failed.length} of ${group.length} candidates, which are left out; try another symprec.`;
  return [{ severity: "warning", code: "SYMMETRY_FAILED", message }];
}

/** Such as `3 × overlap, 20 × duplicate`. */
function reasons(verdicts: readonly CrystalVerdict[]): string {
  const counts = new Map<RejectionReason, number>();
  for (const { outcome } of verdicts) {
    if (outcome !== "accepted") counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const texts = [...counts].map(([reason, count]) => `${count} × ${reason}`);
  return texts.length === 0 ? "none was rejected" : texts.join(", ");
}
