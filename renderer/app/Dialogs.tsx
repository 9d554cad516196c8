import type { ReactNode } from "react";
import { useStore } from "zustand";
import { CrystalDialog } from "../panels/crystals/CrystalDialog.tsx";
import { FeatureDialog } from "../panels/features/FeatureDialog.tsx";
import { ModelDialog } from "../panels/model/ModelDialog.tsx";
import { PartsDialog } from "../panels/parts/PartsDialog.tsx";
import { SaveSelectionDialog } from "../panels/selection/SaveSelectionDialog.tsx";
import { VariantDialog } from "../panels/tree/VariantDialog.tsx";
import { AboutDialog } from "./AboutDialog.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { DiscardDialog } from "./DiscardDialog.tsx";
import { ExportDialog } from "./ExportDialog.tsx";
import { LicencesDialog } from "./LicencesDialog.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { useStudio } from "./StudioContext.tsx";

export function Dialogs(): ReactNode {
  const studio = useStudio();
  const dialog = useStore(studio.view, (state) => state.dialog);
  const close = (): void => {
    studio.view.setState({ dialog: null });
  };
  switch (dialog) {
    case null:
      return null;
    case "about":
      return <AboutDialog onClose={close} />;
    case "licences":
      return <LicencesDialog onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case "palette":
      return <CommandPalette onClose={close} />;
    case "export":
      return <ExportDialog onClose={close} />;
    case "model":
      return <ModelDialog onClose={close} />;
    case "variant":
      return <VariantDialog onClose={close} />;
    case "features":
      return <FeatureDialog onClose={close} />;
    case "parts":
      return <PartsDialog onClose={close} />;
    case "crystal":
      return <CrystalDialog onClose={close} />;
    case "saveSelection":
      return <SaveSelectionDialog onClose={close} />;
    case "discard":
      return <DiscardDialog />;
  }
}
