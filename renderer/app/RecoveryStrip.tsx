import { IconRestore } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { Recovery } from "../../src/contract/recovery.ts";
import { Button } from "../components/Button.tsx";
import { formatMoment } from "../components/formatMoment.ts";
import { formatPlural } from "../components/formatNumber.ts";
import {
  discardRecovery,
  postponeRecoveries,
  restoreRecovery,
} from "../state/project/recoveryActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";

/** Offers what a session that did not end by itself had not saved. */
export function RecoveryStrip(): ReactNode {
  const studio = useStudio();
  const recoveries = useStore(studio.recoveries, (state) => state.recoveries);
  if (recoveries.length === 0) return null;
  return (
    <section className="recovery" data-region tabIndex={-1} aria-label="Unsaved changes">
      <div className="recovery-title">
        <IconRestore size={16} stroke={1.5} />
        <h2>LPR Studio ended unexpectedly. These changes were not saved.</h2>
        <Button
          size="small"
          look="plain"
          onClick={() => {
            attempt(studio, "The unsaved changes could not be left for later", () =>
              postponeRecoveries(studio),
            );
          }}
        >
          Later
        </Button>
      </div>
      <ul>
        {recoveries.map((recovery) => (
          <RecoveryRow key={recovery.id} recovery={recovery} />
        ))}
      </ul>
    </section>
  );
}

function RecoveryRow({ recovery }: { readonly recovery: Recovery }): ReactNode {
  const studio = useStudio();
  const [isSure, setIsSure] = useState(false);
  const { id, name, path, edits, savedAt } = recovery;
  const count = formatPlural(edits, "edit", "edits");
  return (
    <li className="recovery-row">
      <b className="ellipsis" title={path ?? "Never saved"}>
        {name}
      </b>
      <span className="muted">
        {count}, {formatMoment(savedAt)}
        {path === null ? ", never saved" : ""}
      </span>
      <span className="status-space" />
      <Button
        size="small"
        onClick={() => {
          attempt(studio, `${name} was not restored`, () => restoreRecovery(studio, id));
        }}
      >
        Restore
      </Button>
      <Button
        size="small"
        look="plain"
        onClick={() => {
          if (!isSure) setIsSure(true);
          else attempt(studio, `${name} was not discarded`, () => discardRecovery(studio, id));
        }}
      >
        {isSure ? `Discard ${count}` : "Discard…"}
      </Button>
    </li>
  );
}
