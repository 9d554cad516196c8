import { IconCheck, IconSelector } from "@tabler/icons-react";
import { Select } from "radix-ui";
import type { ReactNode } from "react";

export interface SelectOption {
  readonly value: string;
  readonly label: ReactNode;
  /** What a screen reader and type-ahead use when the label is a picture. */
  readonly text?: string;
}

interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
  /** `slim`: plain text with an arrow, for a control that stands in the place of a name. */
  readonly look?: "field" | "slim";
  /** Text in place of the chosen option's label, e.g. with its unit. */
  readonly shown?: string;
}

export function SelectField(props: SelectFieldProps): ReactNode {
  return (
    <Select.Root
      value={props.value}
      onValueChange={props.onChange}
      disabled={props.disabled ?? false}
    >
      <Select.Trigger
        className={props.look === "slim" ? "select slim" : "select"}
        aria-label={props.label}
      >
        {props.shown === undefined ? <Select.Value /> : <Select.Value>{props.shown}</Select.Value>}
        <Select.Icon asChild>
          <IconSelector size={14} stroke={1.5} />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="menu" position="popper" sideOffset={4} collisionPadding={8}>
          <Select.Viewport>
            {props.options.map((option) => (
              <Select.Item
                key={option.value}
                value={option.value}
                className="menu-item"
                {...(option.text === undefined ? {} : { textValue: option.text })}
              >
                <span className="menu-check">
                  <Select.ItemIndicator>
                    <IconCheck size={14} stroke={1.5} />
                  </Select.ItemIndicator>
                </span>
                <Select.ItemText>{option.label}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}
