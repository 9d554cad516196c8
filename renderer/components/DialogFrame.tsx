import { Dialog } from "radix-ui";
import type { ReactNode } from "react";

interface DialogFrameProps {
  readonly title: string;
  readonly text?: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function DialogFrame(props: DialogFrameProps): ReactNode {
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
          className={props.wide === true ? "dialog wide" : "dialog"}
          {...(props.text === undefined ? { "aria-describedby": undefined } : {})}
        >
          <Dialog.Title asChild>
            <h2>{props.title}</h2>
          </Dialog.Title>
          {props.text === undefined ? null : (
            <Dialog.Description className="dialog-text">{props.text}</Dialog.Description>
          )}
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
