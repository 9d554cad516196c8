/** What is done with selected atoms: named, taken up again, exported. */
import type { AtomSubset, ColumnToWrite } from "../../../src/contract/atomSubset.ts";
import type { SavedSelection } from "../../../src/project/document.ts";
import { pathsInUse } from "../project/documentEdits.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { say } from "../window/messageStore.ts";
import { changeDocument } from "../project/projectStore.ts";
import { isResultProperty, resultProperties, resultValues } from "../coloring/resultProperties.ts";
import { picksOfSaved, saveSelection, selectionToSave } from "./savedSelections.ts";
import { selectAcross, selectedAtoms, type SelectMode } from "./selectionStore.ts";
import type { Studio } from "../studio.ts";
import { listTargets, type TargetRow } from "../project/targets.ts";

/** Names the selection in the project; one of the same name is replaced. */
export function saveSelectionAs(studio: Studio, name: string): void {
  const { selections, origin } = studio.selection.getState();
  const { history } = studio.expressions.getState();
  const expression = history.includes(origin) ? origin : null;
  const saved = selectionToSave(name.trim(), selections, expression);
  const label = `Selection “${saved.name}” saved`;
  changeDocument(studio.project, label, (document) => saveSelection(document, saved));
  say(studio.messages, label, true);
}

/** Selects atoms that were saved, and says when some of them are in no file that has been read. */
export function selectSaved(studio: Studio, saved: SavedSelection, mode: SelectMode): void {
  const { summaries } = studio.datasets.getState();
  const { picks, missing } = picksOfSaved(saved, summaries);
  selectAcross(studio.selection, picks, mode, saved.name);
  if (missing === 0) return;
  const are = missing === 1 ? "is" : "are";
  say(
    studio.messages,
    `${formatPlural(missing, "atom", "atoms")} of “${saved.name}” ${are} not in the files as they are now`,
  );
}

/** Asks where, and writes the selected atoms with what is known of them as extended XYZ. */
export async function exportSelectedAtoms(studio: Studio): Promise<void> {
  const subsets = subsetsOf(studio);
  const { text } = await studio.connection.request("atomSubset", { subsets });
  const inUse = pathsInUse(studio.project.getState().document);
  const file = await studio.bridge.saveStructures({ text, suggestedName: "selection.xyz", inUse });
  if (file === null) return;
  const nAtoms = subsets.reduce((sum, { atoms }) => sum + atoms.length, 0);
  say(studio.messages, `${formatPlural(nAtoms, "atom", "atoms")} written to ${file.name}`);
}

function subsetsOf(studio: Studio): readonly AtomSubset[] {
  const { document } = studio.project.getState();
  const { selections, origin } = studio.selection.getState();
  return listTargets(document, studio.datasets.getState().summaries).flatMap((row) => {
    const selection = selections.get(row.key);
    if (selection === undefined) return [];
    const { dataset, structureIndex } = row;
    const atoms = selectedAtoms(selection);
    const columns = resultColumns(studio, row, atoms);
    const info = origin === "" ? {} : { selected_by: origin };
    return [{ dataset, structureIndex, atoms, columns, info }];
  });
}

/** Every number of the result under the variant that is looked at. */
function resultColumns(
  studio: Studio,
  row: TargetRow,
  atoms: Uint32Array,
): readonly ColumnToWrite[] {
  const { result } = studio.results.getState();
  if (result === null) return [];
  const variants = result.variants.map(({ name }) => name);
  const first = variants[0] ?? "";
  const { activeVariant } = studio.view.getState();
  const variant = variants.find((name) => name === activeVariant) ?? first;
  const reference = variants.find((name) => name === studio.colors.getState().reference) ?? first;
  return resultProperties(result).flatMap(({ id }) => {
    if (!isResultProperty(id) || (id === "enhancement" && variant === reference)) return [];
    const values = resultValues(result, id, row, variant, reference);
    if (values === null) return [];
    const name = id.replace(/[^A-Za-z0-9_]+/g, "_");
    const own = Float64Array.from(atoms, (atom) => finiteOrNaN(values[atom]));
    return [{ name, values: own }];
  });
}

function finiteOrNaN(value = NaN): number {
  return Number.isFinite(value) ? value : NaN;
}
