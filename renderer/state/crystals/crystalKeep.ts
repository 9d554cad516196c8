/** What becomes of designed crystals: a variant, candidates, ticks of What if, files for DFT. */
import type { CrystalToWrite } from "../../../src/contract/crystals.ts";
import { formatError, StudioError, toPlainError } from "../../../src/errors.ts";
import { freeName, freeVariantName } from "../../../src/project/freeName.ts";
import { changeCopies } from "../../../src/project/whatIfDraft.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { judgingDescriptor } from "./crystalSession.ts";
import { crystalNow, type KeptCrystal } from "./crystalStore.ts";
import { crystalName } from "./crystalWords.ts";
import { addDatasets, addVariant, pathsInUse } from "../project/documentEdits.ts";
import { say } from "../window/messageStore.ts";
import { loadDatasets } from "../project/projectActions.ts";
import { changeDocument } from "../project/projectStore.ts";
import { meanOf } from "../results/statistics.ts";
import type { Studio } from "../studio.ts";
import { changeTraining } from "../whatIf/whatIfActions.ts";

/** What crystals are added as: a variant of a training set, only on offer, or ticked in What if. */
export type CrystalUse =
  { readonly as: "variant"; readonly base: string } | { readonly as: "candidates" | "ticked" };

/** Those that were kept, or else the one on view once it is known. */
function crystalsAtHand(studio: Studio): readonly KeptCrystal[] {
  const state = studio.crystals.getState();
  if (state.kept.length > 0) return state.kept;
  const now = crystalNow(state);
  return now === null ? [] : [now];
}

/**
 * Writes crystals to a file of the user's choice and makes that a dataset of the project, in one step of
 * undo with what it is used for. Nothing happens when the user cancels.
 */
export async function addCrystals(studio: Studio, use: CrystalUse): Promise<boolean> {
  const crystals = crystalsAtHand(studio);
  const [first] = crystals;
  if (first === undefined) return false;
  requireBase(studio, use);
  const file = await writeCrystals(studio, crystals);
  if (file === null) return false;
  const what =
    crystals.length === 1 ? crystalName(first.trial) : `${String(crystals.length)} crystals`;
  const { document } = studio.project.getState();
  const name = use.as === "variant" ? freeVariantName(document, `+${what}`) : file.name;
  const label = use.as === "variant" ? `Add variant ${name}` : `Add ${file.name}`;
  changeDocument(studio.project, label, (before) => {
    const extended = addDatasets(before, [file]);
    if (use.as !== "variant") return extended;
    const dataset = datasetAt(extended.datasets, file.path);
    return addVariant(extended, { name, base: use.base, add: [{ dataset }] });
  });
  await loadDatasets(studio);
  if (use.as === "ticked") tickAll(studio, file.path, crystals.length);
  studio.crystals.setState({ kept: [] });
  say(studio.messages, saidOf(use, name, crystals.length), true);
  return true;
}

function saidOf(use: CrystalUse, name: string, count: number): string {
  if (use.as === "variant") return `Variant “${name}” added`;
  const crystals = formatPlural(count, "crystal", "crystals");
  return use.as === "ticked"
    ? `${crystals} of ${name} ticked`
    : `${name} added: ${crystals} on offer in Suggest and What if`;
}

function requireBase(studio: Studio, use: CrystalUse): void {
  const { variants = [] } = studio.project.getState().document;
  if (use.as !== "variant" || variants.some(({ name }) => name === use.base)) return;
  throw new StudioError("INVALID_PROJECT", `The variant “${use.base}” is not in the project.`, {
    remedy: "Choose another variant.",
  });
}

function datasetAt(
  datasets: Readonly<Record<string, { readonly path: string }>>,
  path: string,
): string {
  const found = Object.entries(datasets).find(([, entry]) => entry.path === path);
  if (found === undefined) throw new StudioError("INTERNAL", "the file of the crystals is gone");
  return found[0];
}

function tickAll(studio: Studio, path: string, count: number): void {
  const dataset = datasetAt(studio.project.getState().document.datasets, path);
  const names = Array.from({ length: count }, (_, i) => `${dataset}[${String(i)}]`);
  changeTraining(studio, (draft) =>
    changeCopies(
      draft,
      names.map((name) => [name, 1] as const),
    ),
  );
}

async function writeCrystals(
  studio: Studio,
  crystals: readonly KeptCrystal[],
): Promise<{ readonly path: string; readonly name: string } | null> {
  const { document, name } = studio.project.getState();
  const [file] = await filesOf(studio, crystals, false);
  const inUse = pathsInUse(document);
  const isTaken = (stem: string): boolean => inUse.some((path) => path.endsWith(`${stem}.xyz`));
  const suggestedName = `${freeName(`${name}-crystals`, isTaken, "-")}.xyz`;
  return studio.bridge.saveStructures({ text: file?.text ?? "", suggestedName, inUse });
}

function filesOf(studio: Studio, crystals: readonly KeptCrystal[], withPoscar: boolean) {
  return studio.connection.request("crystalFiles", {
    crystals: crystals.map(toWrite),
    descriptor: judgingDescriptor(studio.project.getState().document),
    withPoscar,
  });
}

/** With what the crystal was predicted to do. */
function toWrite({ design, trial, effect }: KeptCrystal): CrystalToWrite {
  const title = `${crystalName(trial)} ${design.species.join("")}`;
  if (effect === null) return { design, title, info: {} };
  const lifts = effect.lifts.flatMap((values) => Array.from(values));
  const max_lift = lifts.reduce((most, lift) => Math.max(most, lift), 0);
  const errors = effect.liftErrors.flatMap((values) => Array.from(values));
  const mean_lift_error = meanOf(errors) ?? 0;
  return { design, title, info: { mean_lift: meanOf(lifts) ?? 0, mean_lift_error, max_lift } };
}

/** Writes crystals as extended XYZ and POSCAR into a folder of the user's choice. */
export async function exportCrystals(studio: Studio): Promise<void> {
  const crystals = crystalsAtHand(studio);
  if (crystals.length === 0) return;
  const files = await filesOf(studio, crystals, true);
  const folder = await studio.bridge.exportStructures(files);
  if (folder === null) return;
  const text = `${formatPlural(files.length, "file", "files")} written to ${folder}`;
  studio.crystals.setState({ outcome: { kind: "done", text } });
}

/** Runs an addition or an export; what fails is said where it was asked for. */
export async function attemptCrystals(
  studio: Studio,
  action: () => Promise<unknown>,
): Promise<boolean> {
  studio.crystals.setState({ outcome: null });
  try {
    return (await action()) !== false;
  } catch (error) {
    const text = formatError(toPlainError(error));
    studio.crystals.setState({ outcome: { kind: "failed", text } });
    return false;
  }
}
