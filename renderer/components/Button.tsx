import type { ReactNode } from "react";
import { Tooltip } from "./Tooltip.tsx";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly look?: "primary" | "bordered" | "plain";
  readonly size?: "small" | "normal";
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  /** For screen readers, where the text alone does not tell it from another button. */
  readonly label?: string;
}

export function Button(props: ButtonProps): ReactNode {
  const { look = "bordered", size = "normal" } = props;
  return (
    <button
      type="button"
      className={`button ${look} ${size}`}
      disabled={props.disabled ?? false}
      onClick={props.onClick}
      autoFocus={props.autoFocus ?? false}
      {...(props.label === undefined ? {} : { "aria-label": props.label })}
    >
      {props.children}
    </button>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly icon: ReactNode;
  readonly onClick?: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

/** Every icon button says what it does and which key does the same. */
export function IconButton(props: IconButtonProps): ReactNode {
  return (
    <Tooltip text={props.label} shortcut={props.shortcut}>
      <button
        type="button"
        className="icon-button"
        aria-label={props.label}
        {...(props.pressed === undefined ? {} : { "aria-pressed": props.pressed })}
        disabled={props.disabled ?? false}
        onClick={props.onClick}
      >
        {props.icon}
      </button>
    </Tooltip>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly tooltip: string;
  readonly icon: ReactNode;
  readonly pressed: boolean;
  readonly onClick: () => void;
}

export function Toggle(props: ToggleProps): ReactNode {
  return (
    <Tooltip text={props.tooltip}>
      <button type="button" className="toggle" aria-pressed={props.pressed} onClick={props.onClick}>
        {props.icon}
        {props.label}
      </button>
    </Tooltip>
  );
}
