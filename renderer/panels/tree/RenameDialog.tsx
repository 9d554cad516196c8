import { useState, type ReactNode } from "react";
import { Button } from "../../components/Button.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";

interface RenameDialogProps {
  readonly title: string;
  readonly name: string;
  /** A line of text that may be empty, instead of a name. */
  readonly isText?: boolean;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameDialog(props: RenameDialogProps): ReactNode {
  const { isText = false } = props;
  const [name, setName] = useState(props.name);
  const rename = (): void => {
    const trimmed = name.trim();
    if ((trimmed !== "" || isText) && trimmed !== props.name) props.onRename(trimmed);
    props.onClose();
  };
  return (
    <DialogFrame title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <input
          className="text-field"
          aria-label={isText ? "Description" : "Name"}
          value={name}
          autoFocus
          onFocus={(event) => {
            event.target.select();
          }}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </form>
      <div className="dialog-buttons">
        <Button onClick={props.onClose}>Cancel</Button>
        <Button look="primary" disabled={name.trim() === "" && !isText} onClick={rename}>
          {isText ? "Describe" : "Rename"}
        </Button>
      </div>
    </DialogFrame>
  );
}
