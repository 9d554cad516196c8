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
}

export function SelectField(props: SelectFieldProps): ReactNode {
  return (
    <Select.Root
      value={props.value}
      onValueChange={props.onChange}
      disabled={props.disabled ?? false}
    >
      <Select.Trigger className="select" aria-label={props.label}>
        <Select.Value />
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
