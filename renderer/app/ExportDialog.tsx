import { useState, type ReactNode } from "react";
import { Button } from "../components/Button.tsx";
import { Checkbox, Segmented } from "../components/Controls.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { NumberField } from "../components/NumberField.tsx";
import { say } from "../state/window/messageStore.ts";
import type { Picture, PictureOptions } from "../state/display/picture.ts";
import { attempt } from "../state/studio.ts";
import { pictureHeight } from "./copyPicture.ts";
import { useStudioContext } from "./StudioContext.tsx";

/** What is on screen as a PNG file at any size, drawn anew: not a copy of the screen's pixels. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { takePicture } = useStudioContext();
  const [picture] = useState(takePicture);
  if (picture === null) {
    return (
      <DialogFrame title="Export PNG" text="Nothing is shown to export." onClose={onClose}>
        <div className="dialog-buttons">
          <Button onClick={onClose}>Close</Button>
        </div>
      </DialogFrame>
    );
  }
  return <ExportForm picture={picture} onClose={onClose} />;
}

function fileName(name: string): string {
  const plain = name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${plain === "" ? "figure" : plain}.png`;
}

function ExportForm(props: { readonly picture: Picture; readonly onClose: () => void }): ReactNode {
  const { picture, onClose } = props;
  const { studio } = useStudioContext();
  const [width, setWidth] = useState(2400);
  const [height, setHeight] = useState(() => pictureHeight(picture, 2400));
  const [dotsPerInch, setDotsPerInch] = useState(300);
  const [background, setBackground] = useState<PictureOptions["background"]>("white");
  const [withLegend, setWithLegend] = useState(true);
  const [busy, setBusy] = useState(false);
  const save = (): void => {
    setBusy(true);
    attempt(studio, "The picture was not exported", async () => {
      try {
        const png = await picture.draw({ width, height, dotsPerInch, background, withLegend });
        const path = await studio.bridge.exportPng({ png, suggestedName: fileName(picture.name) });
        if (path !== null) say(studio.messages, `Exported ${path}`);
      } finally {
        setBusy(false);
        onClose();
      }
    });
  };
  const inches = (pixels: number): string => ((pixels / dotsPerInch) * 25.4).toFixed(0);
  return (
    <DialogFrame title="Export PNG" onClose={onClose}>
      <ExportSize
        width={width}
        height={height}
        dotsPerInch={dotsPerInch}
        onWidth={(value) => {
          setWidth(Math.round(value));
          setHeight(pictureHeight(picture, value));
        }}
        onHeight={setHeight}
        onDotsPerInch={setDotsPerInch}
      />
      <p className="section-note">
        {inches(width)} × {inches(height)} mm on paper
      </p>
      <div className="field-row">
        <span className="field-label">Background</span>
        <Segmented
          label="Background"
          value={background}
          options={[
            { value: "white", label: "White" },
            { value: "dark", label: "Dark" },
            { value: "transparent", label: "Transparent" },
          ]}
          onChange={setBackground}
        />
      </div>
      <Checkbox label="With the legend" checked={withLegend} onChange={setWithLegend} />
      <div className="dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={busy} onClick={save}>
          {busy ? "Drawing" : "Export"}
        </Button>
      </div>
    </DialogFrame>
  );
}

function ExportSize(props: {
  readonly width: number;
  readonly height: number;
  readonly dotsPerInch: number;
  readonly onWidth: (value: number) => void;
  readonly onHeight: (value: number) => void;
  readonly onDotsPerInch: (value: number) => void;
}): ReactNode {
  const fields = [
    { label: "Width", value: props.width, unit: "px", set: props.onWidth },
    { label: "Height", value: props.height, unit: "px", set: props.onHeight },
    { label: "Resolution", value: props.dotsPerInch, unit: "dpi", set: props.onDotsPerInch },
  ];
  return (
    <>
      {fields.map(({ label, value, unit, set }) => (
        <div key={label} className="field-row">
          <span className="field-label">{label}</span>
          <NumberField
            label={label}
            value={value}
            unit={unit}
            step={10}
            onChange={(next) => {
              set(Math.max(1, Math.round(next)));
            }}
          />
        </div>
      ))}
    </>
  );
}
