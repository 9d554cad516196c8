import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { countStructures, type ComponentText, type Part } from "../../state/project/partEdits.ts";

/** Structures of one file in one role. */
export function PartRow(props: {
  readonly part: Part;
  /** Only at the first of its list. */
  readonly role: string;
  readonly onChange: (structures: string) => void;
  readonly onRepeat: () => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { part, role } = props;
  const studio = useStudio();
  const label = useStore(
    studio.project,
    ({ document }) => document.datasets[part.dataset]?.label ?? part.dataset,
  );
  const total = useStore(studio.datasets, (state) => state.summaries[part.dataset]?.nStructures);
  const count = total === undefined ? null : countOf(part, total);
  return (
    <tr>
      <th scope="row" title={role}>
        {role}
      </th>
      <td title={label}>{label}</td>
      <td>
        <input
          className="text-field"
          type="text"
          aria-label={`Structures of ${label}`}
          aria-invalid={count === undefined}
          placeholder="all"
          spellCheck={false}
          value={part.structures}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
        />
      </td>
      <td className="number">
        {count === undefined || total === undefined || count === null
          ? "–"
          : `${formatCount(count)} of ${formatCount(total)}`}
      </td>
      <td>
        <IconButton
          label={`Another part of ${label}`}
          icon={<IconPlus size={14} stroke={1.5} />}
          onClick={props.onRepeat}
        />
        <IconButton
          label={`Remove this part of ${label}`}
          icon={<IconX size={14} stroke={1.5} />}
          onClick={props.onRemove}
        />
      </td>
    </tr>
  );
}

/** undefined: the text is no selector of the file. */
function countOf({ structures, dataset }: Part, total: number): number | undefined {
  try {
    return countStructures(structures, dataset, total);
  } catch {
    // What is wrong is said below the table.
    return undefined;
  }
}

/** A block of columns and its name. */
export function ComponentRow(props: {
  readonly component: ComponentText;
  readonly onChange: (component: ComponentText) => void;
  readonly onRemove: () => void;
}): ReactNode {
  const { component, onChange } = props;
  return (
    <tr>
      <td>
        <input
          className="text-field"
          type="text"
          aria-label="Name of the component"
          spellCheck={false}
          value={component.name}
          onChange={(event) => {
            onChange({ ...component, name: event.target.value });
          }}
        />
      </td>
      <td>
        <input
          className="text-field"
          type="text"
          aria-label={`Columns of ${component.name}`}
          placeholder="0:100"
          spellCheck={false}
          value={component.columns}
          onChange={(event) => {
            onChange({ ...component, columns: event.target.value });
          }}
        />
      </td>
      <td>
        <IconButton
          label={`Remove component ${component.name}`}
          icon={<IconX size={14} stroke={1.5} />}
          onClick={props.onRemove}
        />
      </td>
    </tr>
  );
}
