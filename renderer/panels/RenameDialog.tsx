import { useState, type ReactNode } from "react";
import { Button } from "../components/Button.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";

interface RenameDialogProps {
  readonly title: string;
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameDialog(props: RenameDialogProps): ReactNode {
  const [name, setName] = useState(props.name);
  const rename = (): void => {
    const trimmed = name.trim();
    if (trimmed !== "" && trimmed !== props.name) props.onRename(trimmed);
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
          aria-label="Name"
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
        <Button look="primary" disabled={name.trim() === ""} onClick={rename}>
          Rename
        </Button>
      </div>
    </DialogFrame>
  );
}
