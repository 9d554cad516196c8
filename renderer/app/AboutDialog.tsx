import { useEffect, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { AboutInfo } from "../../src/contract/api.ts";
import { Button } from "../components/Button.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { say } from "../state/window/messageStore.ts";
import { readGraphics } from "../state/window/diagnostics.ts";
import { attempt } from "../state/studio.ts";
import { useStudioContext } from "./StudioContext.tsx";

function graphicsText(): string {
  const graphics = readGraphics();
  if (graphics === null) return "WebGL 2 is not available";
  return graphics.isSoftware ? `${graphics.renderer} (software rendering)` : graphics.renderer;
}

export function AboutDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { studio, run } = useStudioContext();
  const [info, setInfo] = useState<AboutInfo | null>(null);
  const backend = useStore(studio.jobs, (state) => state.backend);
  const threads = useStore(studio.jobs, (state) => state.threads);
  useEffect(() => {
    attempt(studio, "The versions were not read", async () => {
      setInfo(await studio.bridge.about());
    });
  }, [studio]);
  const facts: readonly (readonly [string, string])[] =
    info === null
      ? []
      : [
          ["Version", info.version],
          ["Numerics", `${backend ?? "not started"}, ${String(threads)} threads`],
          ["Graphics", graphicsText()],
          ["Electron", info.electron],
          ["Chromium", info.chrome],
          ["Node", info.node],
          ["Platform", info.platform],
          ["Licence", info.licence],
        ];
  const copy = (text: string, message: string): void => {
    attempt(studio, "Nothing was copied", async () => {
      await studio.bridge.copyText(text);
      say(studio.messages, message);
    });
  };
  return (
    <DialogFrame
      title="LPR Studio"
      text="See which atoms a machine-learned interatomic potential can be trusted on."
      onClose={onClose}
    >
      <dl className="about-facts selectable">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="dialog-heading">How to cite</h3>
      <p className="dialog-text selectable">{info?.citation}</p>
      <div className="dialog-buttons">
        <Button
          onClick={() => {
            run("help.copyDiagnostics");
          }}
        >
          Copy diagnostics
        </Button>
        <Button
          onClick={() => {
            run("help.licences");
          }}
        >
          Licences
        </Button>
        <Button
          disabled={info === null}
          onClick={() => {
            if (info !== null) copy(info.bibtex, "BibTeX copied");
          }}
        >
          Copy BibTeX
        </Button>
        <Button
          onClick={() => {
            attempt(studio, "The paper was not opened", () => studio.bridge.openExternal("paper"));
          }}
        >
          Open the paper
        </Button>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </DialogFrame>
  );
}
