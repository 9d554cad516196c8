import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../components/Button.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";

/** What others have written that is part of the program. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    attempt(studio, "The licences were not read", async () => {
      setText(await studio.bridge.licences());
    });
  }, [studio]);
  return (
    <DialogFrame
      title="Licences of bundled packages"
      wide
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <pre className="licence-text selectable" tabIndex={0} aria-label="Licences">
        {text ?? "Reading…"}
      </pre>
    </DialogFrame>
  );
}
