import { ContextMenu } from "radix-ui";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import {
  addToTargets,
  dependentsOf,
  describeVariant,
  dropRole,
  duplicateVariant,
  relabelDataset,
  relabelTarget,
  removeDataset,
  removeTarget,
  removeVariant,
  renameVariant,
  rolesOf,
  trainOn,
} from "../../state/project/documentEdits.ts";
import { openFeatureImport } from "../../state/project/featureImport.ts";
import { leftInFigures } from "../../state/project/figureProblems.ts";
import { isTrajectory, viewDataset } from "../../state/grid/frames.ts";
import { reorderTargets, reorderVariants } from "../../state/grid/gridActions.ts";
import { say } from "../../state/window/messageStore.ts";
import { pruneDatasets } from "../../state/project/projectActions.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import type { Studio } from "../../state/studio.ts";
import { listTargets, type TargetRow } from "../../state/project/targets.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { freeVariantName } from "../../../src/project/freeName.ts";
import { nameProblem } from "../../../src/project/names.ts";
import { EvaluationItems } from "./EvaluationItems.tsx";
import { RenameDialog } from "./RenameDialog.tsx";
import { MenuItem, RowMenu } from "./RowMenu.tsx";

type Change = (document: ProjectDocument) => ProjectDocument;

function change(studio: Studio, label: string, edit: Change): void {
  const before = studio.project.getState().document;
  changeDocument(studio.project, label, edit);
  const { document } = studio.project.getState();
  if (document !== before) say(studio.messages, `${label}${leftInFigures(before, document)}`, true);
  pruneDatasets(studio);
}

export function DatasetMenu(props: {
  readonly dataset: string;
  readonly children: ReactNode;
}): ReactNode {
  const studio = useStudio();
  const { dataset } = props;
  const document = useStore(studio.project, (state) => state.document);
  const summary = useStore(studio.datasets, (state) => state.summaries[dataset]);
  const [renaming, setRenaming] = useState(false);
  const roles = rolesOf(document, dataset);
  const label = document.datasets[dataset]?.label ?? dataset;
  return (
    <>
      <RowMenu trigger={props.children}>
        {roles.includes("training") ? (
          <MenuItem
            label="Do not train on it"
            onSelect={() => {
              change(studio, `${label} no longer trained on`, (now) =>
                dropRole(now, dataset, "training"),
              );
            }}
          />
        ) : (
          <MenuItem
            label="Use for training"
            disabled={summary === undefined}
            onSelect={() => {
              change(studio, `${label} used for training`, (now) =>
                trainOn(now, dataset, summary?.species ?? []),
              );
            }}
          />
        )}
        {roles.includes("target") ? (
          <MenuItem
            label="Take out of targets"
            onSelect={() => {
              change(studio, `${label} taken out of targets`, (now) =>
                dropRole(now, dataset, "target"),
              );
            }}
          />
        ) : (
          <MenuItem
            label="Add to targets"
            disabled={summary === undefined}
            onSelect={() => {
              change(studio, `${label} added to targets`, (now) => addToTargets(now, dataset));
            }}
          />
        )}
        <MenuItem
          label="Look at it frame by frame"
          disabled={!isTrajectory(summary)}
          onSelect={() => {
            viewDataset(studio, dataset);
          }}
        />
        <MenuItem
          label="Parts of files…"
          onSelect={() => {
            studio.view.setState({ dialog: "parts" });
          }}
        />
        <MenuItem
          label="Import features…"
          onSelect={() => {
            openFeatureImport(studio, dataset);
          }}
        />
        <ContextMenu.Separator className="menu-separator" />
        <EvaluationItems
          document={document}
          dataset={dataset}
          label={label}
          onChange={(text, edit) => {
            change(studio, text, edit);
          }}
        />
        <ContextMenu.Separator className="menu-separator" />
        <MenuItem
          label="Rename…"
          onSelect={() => {
            setRenaming(true);
          }}
        />
        <MenuItem
          label="Remove from the project"
          onSelect={() => {
            change(studio, `${label} removed`, (now) => removeDataset(now, dataset));
          }}
        />
      </RowMenu>
      {renaming ? (
        <RenameDialog
          title="Rename the file in this project"
          name={label}
          onClose={() => {
            setRenaming(false);
          }}
          onRename={(name) => {
            change(studio, `${label} renamed`, (now) => relabelDataset(now, dataset, name));
          }}
        />
      ) : null}
    </>
  );
}

export function VariantMenu(props: {
  readonly variant: string;
  readonly children: ReactNode;
}): ReactNode {
  const studio = useStudio();
  const { variant } = props;
  const document = useStore(studio.project, (state) => state.document);
  const [renaming, setRenaming] = useState(false);
  const [describing, setDescribing] = useState(false);
  const hasDependents = dependentsOf(document, variant).length > 0;
  const names = (document.variants ?? []).map(({ name }) => name);
  const description = document.variants?.find(({ name }) => name === variant)?.description ?? "";
  const move = (by: -1 | 1): void => {
    const at = names.indexOf(variant);
    reorderVariants(studio, at, at + by);
    say(studio.messages, `Variant “${variant}” moved`, true);
  };
  return (
    <>
      <RowMenu trigger={props.children}>
        <MenuItem
          label="Show gains relative to this"
          onSelect={() => {
            studio.colors.setState({ reference: variant });
          }}
        />
        <MenuItem
          label="Try out changes"
          onSelect={() => {
            studio.view.setState({ workspace: "whatIf", learnOpen: false, activeVariant: variant });
          }}
        />
        <ContextMenu.Separator className="menu-separator" />
        <MenuItem
          label="Move up"
          disabled={names[0] === variant}
          onSelect={() => {
            move(-1);
          }}
        />
        <MenuItem
          label="Move down"
          disabled={names.at(-1) === variant}
          onSelect={() => {
            move(1);
          }}
        />
        <MenuItem
          label="Duplicate"
          onSelect={() => {
            const copy = freeVariantName(document, `${variant} copy`);
            change(studio, `Variant “${copy}” added`, (now) =>
              duplicateVariant(now, variant, copy),
            );
          }}
        />
        <ContextMenu.Separator className="menu-separator" />
        <MenuItem
          label="Rename…"
          onSelect={() => {
            setRenaming(true);
          }}
        />
        <MenuItem
          label="Describe…"
          onSelect={() => {
            setDescribing(true);
          }}
        />
        <MenuItem
          label={hasDependents ? "Remove (others build on it)" : "Remove"}
          disabled={hasDependents}
          onSelect={() => {
            change(studio, `Variant “${variant}” removed`, (now) => removeVariant(now, variant));
          }}
        />
      </RowMenu>
      {renaming ? (
        <RenameDialog
          title="Rename the variant"
          name={variant}
          problemOf={(name) => nameProblem("variant", name, document.variants)}
          onClose={() => {
            setRenaming(false);
          }}
          onRename={(name) => {
            change(studio, `Variant renamed to “${name}”`, (now) =>
              renameVariant(now, variant, name),
            );
          }}
        />
      ) : null}
      {describing ? (
        <RenameDialog
          title={`What “${variant}” is`}
          name={description}
          isText
          onClose={() => {
            setDescribing(false);
          }}
          onRename={(text) => {
            change(studio, `Variant “${variant}” described`, (now) =>
              describeVariant(now, variant, text),
            );
          }}
        />
      ) : null}
    </>
  );
}

export function TargetMenu(props: {
  readonly target: TargetRow;
  readonly children: ReactNode;
}): ReactNode {
  const studio = useStudio();
  const { target } = props;
  const [renaming, setRenaming] = useState(false);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const document = useStore(studio.project, (state) => state.document);
  const rows = listTargets(document, summaries);
  const at = rows.findIndex(({ row }) => row === target.row);
  const rename = (name: string): void => {
    change(studio, `${target.label} renamed`, (now) => {
      const labels = listTargets(now, summaries)
        .filter((row) => row.entryIndex === target.entryIndex)
        .map((row) => (row.key === target.key ? name : row.label));
      return relabelTarget(now, target.entryIndex, labels);
    });
  };
  return (
    <>
      <RowMenu trigger={props.children}>
        <MenuItem
          label="Move up (Alt ↑)"
          disabled={at === 0}
          onSelect={() => {
            reorderTargets(studio, rows, at, at - 1);
          }}
        />
        <MenuItem
          label="Move down (Alt ↓)"
          disabled={at >= rows.length - 1}
          onSelect={() => {
            reorderTargets(studio, rows, at, at + 1);
          }}
        />
        <ContextMenu.Separator className="menu-separator" />
        <MenuItem
          label="Rename…"
          onSelect={() => {
            setRenaming(true);
          }}
        />
        <MenuItem
          label="Remove from targets"
          onSelect={() => {
            change(studio, `${target.label} removed from targets`, (now) =>
              removeTarget(now, target.entryIndex),
            );
          }}
        />
      </RowMenu>
      {renaming ? (
        <RenameDialog
          title="Rename the target"
          name={target.label}
          onClose={() => {
            setRenaming(false);
          }}
          onRename={rename}
        />
      ) : null}
    </>
  );
}
