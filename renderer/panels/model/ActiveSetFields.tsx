import type { ReactNode } from "react";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { MODEL_DEFAULTS, type ActiveSetDraft } from "../../state/model/modelDraft.ts";
import { FieldRow, NumberRow } from "./FieldRow.tsx";

interface ActiveSetFieldsProps {
  readonly draft: ActiveSetDraft;
  /** Names and what people call them. */
  readonly datasets: readonly { readonly name: string; readonly label: string }[];
  readonly onChange: (draft: ActiveSetDraft) => void;
}

/** Which environments support the kernel. Points that the project lists are only shown. */
export function ActiveSetFields(props: ActiveSetFieldsProps): ReactNode {
  const { draft, onChange } = props;
  const { method, explicit } = draft;
  return (
    <>
      <FieldRow label="Active points">
        <Segmented
          label="Active points"
          value={method}
          options={[
            { value: "fps", label: "FPS" },
            { value: "cur", label: "CUR" },
            ...(explicit === null ? [] : [{ value: "explicit" as const, label: "Listed" }]),
          ]}
          onChange={(next) => {
            onChange({ ...draft, method: next });
          }}
        />
      </FieldRow>
      {method === "explicit" && explicit !== null ? (
        <p className="section-note">
          {formatPlural(explicit.indices.length, "environment", "environments")} of{" "}
          {explicit.from.join(", ")}, listed in the project file.
        </p>
      ) : (
        <ChosenFields {...props} />
      )}
    </>
  );
}

function ChosenFields({ draft, datasets, onChange }: ActiveSetFieldsProps): ReactNode {
  const { chosen } = draft;
  const set = (change: Partial<ActiveSetDraft["chosen"]>): void => {
    onChange({ ...draft, chosen: { ...chosen, ...change } });
  };
  return (
    <>
      <NumberRow
        label="Number M"
        name="Active points M"
        value={chosen.size}
        step={50}
        onChange={(size) => {
          set({ size });
        }}
      />
      <NumberRow
        label="Seed"
        name="Seed of the active points"
        value={chosen.seed ?? MODEL_DEFAULTS.seed}
        step={1}
        onChange={(seed) => {
          set({ seed });
        }}
      />
      <FieldRow label="Taken from">
        <span className="check-list" role="group" aria-label="Active points from">
          {datasets.map(({ name, label }) => (
            <Checkbox
              key={name}
              label={label}
              checked={chosen.from.includes(name)}
              onChange={(checked) => {
                const others = chosen.from.filter((one) => one !== name);
                set({ from: checked ? [...others, name] : others });
              }}
            />
          ))}
        </span>
      </FieldRow>
      <Checkbox
        label="Choose anew for every variant"
        checked={chosen.perVariant === true}
        onChange={(perVariant) => {
          set({ perVariant: perVariant ? true : undefined });
        }}
      />
      <p className="section-note">
        {chosen.perVariant === true
          ? "Among its own training structures; variants then differ in their points too."
          : "Shared points keep variants comparable atom by atom."}
      </p>
    </>
  );
}
