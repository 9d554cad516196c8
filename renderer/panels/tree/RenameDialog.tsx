import { useState, type ReactNode } from "react";
import { Button } from "../../components/Button.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";

interface RenameDialogProps {
  readonly title: string;
  readonly name: string;
  /** A line of text that may be empty, instead of a name. */
  readonly isText?: boolean;
  /** Why it cannot have a name; null when it can. */
  readonly problemOf?: ((name: string) => string | null) | undefined;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

export function RenameDialog(props: RenameDialogProps): ReactNode {
  const { isText = false } = props;
  const [name, setName] = useState(props.name);
  const trimmed = name.trim();
  const isSame = trimmed === props.name;
  const problem = isSame || trimmed === "" ? null : (props.problemOf?.(trimmed) ?? null);
  const rename = (): void => {
    if (problem !== null) return;
    if ((trimmed !== "" || isText) && !isSame) props.onRename(trimmed);
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
          aria-invalid={problem !== null}
          value={name}
          autoFocus
          onFocus={(event) => {
            event.target.select();
          }}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        {problem === null ? null : (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </form>
      <div className="dialog-buttons">
        <Button onClick={props.onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={problem !== null || (trimmed === "" && !isText)}
          onClick={rename}
        >
          {isText ? "Describe" : "Rename"}
        </Button>
      </div>
    </DialogFrame>
  );
}
