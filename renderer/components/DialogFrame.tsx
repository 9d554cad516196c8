import { Dialog } from "radix-ui";
import type { ReactNode, RefObject } from "react";
import { Button } from "./Button.tsx";

interface DialogFrameProps {
  readonly title: string;
  readonly text?: string;
  readonly wide?: boolean;
  /** For tools rather than questions: as wide as there is room. */
  readonly roomy?: boolean;
  /** Stays in view below what scrolls. */
  readonly footer?: ReactNode;
  /** What has the focus at first; the first field where it is left out. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function DialogFrame(props: DialogFrameProps): ReactNode {
  const { footer } = props;
  const looks = [
    "dialog",
    props.wide === true && "wide",
    props.roomy === true && "roomy",
    footer !== undefined && "with-footer",
  ];
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className={looks.filter((look) => look !== false).join(" ")}
          onOpenAutoFocus={(event) => {
            const first = props.initialFocus?.current;
            if (first === null || first === undefined) return;
            event.preventDefault();
            first.focus();
            first.scrollIntoView({ block: "center" });
          }}
          {...(props.text === undefined ? { "aria-describedby": undefined } : {})}
        >
          <Dialog.Title asChild>
            <h2>{props.title}</h2>
          </Dialog.Title>
          {props.text === undefined ? null : (
            <Dialog.Description className="dialog-text">{props.text}</Dialog.Description>
          )}
          {footer === undefined ? (
            props.children
          ) : (
            <>
              <div className="dialog-body">{props.children}</div>
              <div className="dialog-footer">{footer}</div>
            </>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Why it cannot be applied, Cancel and Apply: the footer of a dialog with settings. */
export function ApplyFooter(props: {
  readonly problem: string | null;
  readonly disabled?: boolean;
  readonly onCancel: () => void;
  readonly onApply: () => void;
}): ReactNode {
  const { problem, disabled = false } = props;
  return (
    <>
      <p className="field-problem" role="alert">
        {problem}
      </p>
      <Button onClick={props.onCancel}>Cancel</Button>
      <Button look="primary" disabled={disabled || problem !== null} onClick={props.onApply}>
        Apply
      </Button>
    </>
  );
}
