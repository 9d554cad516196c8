import type { ReactNode } from "react";
import type { ProjectDocument } from "../../../src/project/document.ts";
import {
  evaluationUses,
  toggleCalibration,
  toggleReference,
  toggleTest,
} from "../../state/project/evaluationEdits.ts";
import { MenuItem } from "./RowMenu.tsx";

type Edit = (document: ProjectDocument, dataset: string) => ProjectDocument;

/** Entries of a file's menu: what it is tested, calibrated and compared with. */
export function EvaluationItems(props: {
  readonly document: ProjectDocument;
  readonly dataset: string;
  readonly label: string;
  readonly onChange: (label: string, edit: (document: ProjectDocument) => ProjectDocument) => void;
}): ReactNode {
  const { document, dataset, label } = props;
  const { isTest, isCalibration, isReference } = evaluationUses(document, dataset);
  const item = (
    isOn: boolean,
    [start, stop]: readonly [string, string],
    [on, off]: readonly [string, string],
    edit: Edit,
  ): ReactNode => (
    <MenuItem
      label={isOn ? stop : start}
      onSelect={() => {
        props.onChange(isOn ? off : on, (now) => edit(now, dataset));
      }}
    />
  );
  return (
    <>
      {item(
        isTest,
        ["Test every variant on it", "Do not test on it"],
        [`Variants tested on ${label}`, `${label} no longer tested on`],
        toggleTest,
      )}
      {item(
        isCalibration,
        ["Calibrate uncertainty on it", "Do not calibrate on it"],
        [`Uncertainty calibrated on ${label}`, `${label} no longer calibrated on`],
        toggleCalibration,
      )}
      {item(
        isReference,
        ["Compare atoms with its first structure", "Do not compare atoms with it"],
        [`Atoms compared with ${label}`, `Atoms no longer compared with ${label}`],
        toggleReference,
      )}
    </>
  );
}
