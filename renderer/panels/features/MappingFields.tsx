import type { ReactNode } from "react";
import type { ArrayPreview, FeaturePreview } from "../../../src/contract/features.ts";
import { SelectField } from "../../components/SelectField.tsx";
import {
  canFollowAtoms,
  featureArrays,
  indexArrays,
  type FeatureMapping,
} from "../../state/project/featureImport.ts";
import { FieldRow } from "../model/FieldRow.tsx";

/** Names of arrays are marked, so that none can be mistaken for this. */
const IN_ORDER = "order";

/** Which array holds the features, and how its rows find their atoms. */
export function MappingFields(props: {
  readonly preview: FeaturePreview;
  readonly mapping: FeatureMapping;
  readonly onChange: (mapping: FeatureMapping) => void;
}): ReactNode {
  const { preview, mapping, onChange } = props;
  const matrices = featureArrays(preview);
  const indices = indexArrays(preview);
  const listed =
    mapping.structures === null || indices.includes(mapping.structures)
      ? indices
      : [mapping.structures, ...indices];
  return (
    <>
      {matrices.length < 2 ? null : (
        <FieldRow label="Features">
          <SelectField
            label="Features"
            value={mapping.features.name ?? ""}
            options={matrices.map(({ name }) => ({ value: name ?? "", label: name ?? "" }))}
            onChange={(chosen) => {
              const features = matrices.find(({ name }) => name === chosen);
              if (features !== undefined) onChange({ ...mapping, features });
            }}
          />
        </FieldRow>
      )}
      <FieldRow label="Rows">
        <SelectField
          label="Rows"
          value={mapping.structures === null ? IN_ORDER : keyOf(mapping.structures)}
          options={[
            ...(canFollowAtoms(preview)
              ? [{ value: IN_ORDER, label: "Follow the atoms in order" }]
              : []),
            ...listed.map((array) => ({
              value: keyOf(array),
              label: `Belong to the structures in “${array.name ?? ""}”`,
            })),
          ]}
          onChange={(key) => {
            const structures = listed.find((array) => keyOf(array) === key) ?? null;
            onChange({ ...mapping, structures });
          }}
        />
      </FieldRow>
    </>
  );
}

function keyOf({ name }: ArrayPreview): string {
  return `array ${name ?? ""}`;
}
