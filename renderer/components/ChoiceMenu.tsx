import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

interface ChoiceMenuProps<T extends string> {
  /** What is chosen, for the tooltip and for screen readers. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    /** In the bar. */
    readonly short: string;
    /** In the menu. */
    readonly label: string;
    readonly icon: ReactNode;
  }[];
  readonly onChange: (value: T) => void;
}

/** A button that says what is chosen and opens the choices. */
export function ChoiceMenu<T extends string>(props: ChoiceMenuProps<T>): ReactNode {
  const chosen = props.options.find(({ value }) => value === props.value);
  return (
    <DropdownMenu.Root>
      {/* No tooltip of ours: it would open again, over the panels, when the menu gives the focus back. */}
      <DropdownMenu.Trigger
        className="toggle"
        title={props.label}
        // The words of the button are in its name: speech control goes by what one sees.
        aria-label={`${props.label}: ${chosen?.short ?? props.value}`}
        aria-description={chosen?.label}
      >
        {chosen?.icon}
        <span className="choice-word">{chosen?.short}</span>
        <IconChevronDown size={12} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <ChoiceItems {...props} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The choices inside any menu. */
export function ChoiceItems<T extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceMenuProps<T>): ReactNode {
  return (
    <DropdownMenu.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((one) => one.value === next);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className="menu-item">
          <span className="menu-check">
            <DropdownMenu.ItemIndicator>
              <IconCheck size={14} stroke={1.5} />
            </DropdownMenu.ItemIndicator>
          </span>
          {option.icon}
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
