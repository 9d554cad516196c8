import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";

const AUTOMATIC = "\u0000";

/** A variant of the project, or what suits the property; one that is gone stays named. */
export function VariantField(props: {
  readonly label?: string;
  /** The label in full where the visible one leans on its surroundings. */
  readonly name?: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}): ReactNode {
  const studio = useStudio();
  const variants = useStore(studio.project, (state) => state.document.variants) ?? [];
  const { label = "Variant", value } = props;
  const isGone = value !== undefined && !variants.some(({ name }) => name === value);
  return (
    <FieldRow label={label}>
      <SelectField
        label={props.name ?? label}
        value={value ?? AUTOMATIC}
        options={[
          { value: AUTOMATIC, label: "Automatic" },
          ...variants.map(({ name }) => ({ value: name, label: name })),
          ...(isGone ? [{ value, label: `${value} (not in the project)` }] : []),
        ]}
        onChange={(chosen) => {
          props.onChange(chosen === AUTOMATIC ? undefined : chosen);
        }}
      />
    </FieldRow>
  );
}
