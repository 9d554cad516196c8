import { IconCheck } from "@tabler/icons-react";
import { Checkbox as RadixCheckbox, Slider as RadixSlider, ToggleGroup } from "radix-ui";
import { useId, type ReactNode, type RefObject } from "react";

interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly boxRef?: RefObject<HTMLButtonElement | null> | null;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox(props: CheckboxProps): ReactNode {
  const id = useId();
  return (
    <span className="check-row">
      <RadixCheckbox.Root
        id={id}
        ref={props.boxRef ?? null}
        className="checkbox"
        checked={props.checked}
        disabled={props.disabled ?? false}
        onCheckedChange={(checked) => {
          props.onChange(checked === true);
        }}
      >
        <RadixCheckbox.Indicator asChild>
          <IconCheck size={12} stroke={2.5} />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <label htmlFor={id}>{props.label}</label>
    </span>
  );
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly disabled?: boolean;
  }[];
  readonly onChange: (value: T) => void;
}

export function Segmented<T extends string>(props: SegmentedProps<T>): ReactNode {
  return (
    <ToggleGroup.Root
      type="single"
      className="segmented"
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => {
        const chosen = props.options.find((option) => option.value === value);
        if (chosen !== undefined) props.onChange(chosen.value);
      }}
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** What the value means, where its number alone does not say it. */
  readonly valueText?: string;
  readonly onChange: (value: number) => void;
}

export function Slider(props: SliderProps): ReactNode {
  return (
    <RadixSlider.Root
      className="slider"
      value={[props.value]}
      min={props.min}
      max={props.max}
      step={props.step}
      onValueChange={([value]) => {
        if (value !== undefined) props.onChange(value);
      }}
    >
      <RadixSlider.Track className="slider-track">
        <RadixSlider.Range className="slider-range" />
      </RadixSlider.Track>
      <RadixSlider.Thumb
        className="slider-thumb"
        aria-label={props.label}
        {...(props.valueText === undefined ? {} : { "aria-valuetext": props.valueText })}
      />
    </RadixSlider.Root>
  );
}
