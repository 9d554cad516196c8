import { IconPlusMinus } from "@tabler/icons-react";
import { Popover } from "radix-ui";
import { useState, type ReactNode } from "react";
import type { DifferenceKind } from "../../../src/project/gridLayout.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { Tooltip } from "../../components/Tooltip.tsx";
import { DIFFERENCE_KINDS } from "../../state/coloring/differences.ts";
import { addDifferenceColumn } from "../../state/grid/gridActions.ts";

export const KIND_OPTIONS = Object.entries(DIFFERENCE_KINDS).map(([value, label]) => ({
  value: value as DifferenceKind,
  label,
}));

/** Adds a column that compares two variants. */
export function DifferenceMenu(): ReactNode {
  const { variants, property } = useScene();
  const [open, setOpen] = useState(false);
  const reason =
    variants.length < 2
      ? "A difference needs two variants"
      : property.perVariant
        ? null
        : `${property.label} is the same for all variants`;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Tooltip text={reason ?? "Add a column of differences"}>
        <Popover.Trigger
          className="icon-button"
          aria-label="Add a column of differences"
          aria-disabled={reason !== null}
          onClick={(event) => {
            if (reason !== null) event.preventDefault();
          }}
        >
          <IconPlusMinus size={16} stroke={1.5} />
        </Popover.Trigger>
      </Tooltip>
      <Popover.Portal>
        <Popover.Content
          className="menu difference-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Column of differences"
        >
          <DifferenceForm
            variants={variants}
            onDone={() => {
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function DifferenceForm(props: {
  readonly variants: readonly string[];
  readonly onDone: () => void;
}): ReactNode {
  const studio = useStudio();
  const { variants } = props;
  const { reference, activeVariant } = useScene();
  const other =
    activeVariant === reference ? variants.find((name) => name !== reference) : activeVariant;
  const [from, setFrom] = useState(reference);
  const [to, setTo] = useState(other ?? "");
  const [as, setAs] = useState<DifferenceKind>("difference");
  const options = variants.map((name) => ({ value: name, label: name }));
  return (
    <>
      <div className="field-row">
        <span className="field-label">A</span>
        <SelectField label="Variant A" value={from} options={options} onChange={setFrom} />
      </div>
      <div className="field-row">
        <span className="field-label">B</span>
        <SelectField label="Variant B" value={to} options={options} onChange={setTo} />
      </div>
      <div className="field-row">
        <span className="field-label">Show</span>
        <SelectField
          label="Kind of difference"
          value={as}
          options={KIND_OPTIONS}
          onChange={(value) => {
            setAs(KIND_OPTIONS.find((kind) => kind.value === value)?.value ?? as);
          }}
        />
      </div>
      {from === to ? <p className="field-problem">Choose two different variants.</p> : null}
      <div className="difference-actions">
        <Button
          look="primary"
          size="small"
          disabled={from === to}
          onClick={() => {
            addDifferenceColumn(studio, { from, to, as });
            props.onDone();
          }}
        >
          Add the column
        </Button>
      </div>
    </>
  );
}
