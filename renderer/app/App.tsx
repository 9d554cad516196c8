import { Tooltip } from "radix-ui";
import { useEffect, useMemo, useRef, type ReactNode } from "react";
import { useStore } from "zustand";
import { COMMANDS, type CommandId } from "../../src/contract/commands.ts";
import {
  isCommandEnabled,
  prefersDark,
  runCommand,
  type ViewActions,
} from "../state/window/commandActions.ts";
import { openExample, readExamples, showOpened } from "../state/project/projectActions.ts";
import { noteCommand } from "../state/window/recentCommands.ts";
import { readRecoveries } from "../state/project/recoveryActions.ts";
import { NOT_SAVED, saveAndClose } from "../state/project/saveActions.ts";
import { attempt, type Studio } from "../state/studio.ts";
import { Dialogs } from "./Dialogs.tsx";
import { DropTarget } from "./DropTarget.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { Layout } from "./Layout.tsx";
import { MessageToast } from "./MessageToast.tsx";
import { OverwriteDialog } from "./OverwriteDialog.tsx";
import { SceneProvider } from "./SceneContext.tsx";
import { StudioContext, type StudioContextValue } from "./StudioContext.tsx";
import { useKeyboard } from "./useKeyboard.ts";

const NO_VIEWS: ViewActions = {
  fit: () => undefined,
  maximize: () => undefined,
  look: () => undefined,
  reset: () => undefined,
  direction: () => [0, 0, 1],
  copyImage: () => Promise.resolve(),
  picture: () => null,
};

export function App({ studio }: { readonly studio: Studio }): ReactNode {
  const viewsRef = useRef<ViewActions>(NO_VIEWS);
  const context = useMemo<StudioContextValue>(
    () => ({
      studio,
      viewsRef,
      takePicture: () => viewsRef.current.picture(),
      run: (id) => {
        if (isCommandEnabled(studio, id)) noteCommand(studio.recentCommands, id);
        runCommand(studio, viewsRef.current, id);
      },
    }),
    [studio],
  );
  useTheme(studio);
  useKeyboard(context);
  useHost(context);
  usePointerHold(studio);
  return (
    <StudioContext value={context}>
      <ErrorBoundary>
        <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
          <SceneProvider>
            <DropTarget>
              <Layout />
              <MessageToast />
              <Dialogs />
              <OverwriteDialog />
            </DropTarget>
          </SceneProvider>
        </Tooltip.Provider>
      </ErrorBoundary>
    </StudioContext>
  );
}

function useTheme(studio: Studio): void {
  const theme = useStore(studio.view, (state) => state.theme);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: light)");
    const apply = (): void => {
      const dark = theme === "system" ? prefersDark() : theme === "dark";
      document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    };
    apply();
    query.addEventListener("change", apply);
    return () => {
      query.removeEventListener("change", apply);
    };
  }, [theme]);
}

function isCommandId(id: string): id is CommandId {
  return COMMANDS.some((command) => command.id === id);
}

/** A drag is one step of history, however long the hand rests in the middle of it. */
function usePointerHold({ pointer }: Studio): void {
  useEffect(() => {
    const { press, release } = pointer;
    // Before anybody else, and also where a view takes the event for itself.
    addEventListener("pointerdown", press, true);
    for (const type of ENDS) addEventListener(type, release, true);
    return () => {
      removeEventListener("pointerdown", press, true);
      for (const type of ENDS) removeEventListener(type, release, true);
    };
  }, [pointer]);
}

const ENDS = ["pointerup", "pointercancel", "blur"] as const;

/** What the host sends, and what it was asked to open when the window was made. */
function useHost({ studio, run }: StudioContextValue): void {
  useEffect(() => {
    const stops = [
      studio.bridge.on("menuCommand", ({ command }) => {
        if (isCommandId(command)) run(command);
      }),
      studio.bridge.on("exampleChosen", ({ id }) => {
        attempt(studio, "The example was not opened", () => openExample(studio, id));
      }),
      studio.bridge.on("opened", (opened) => {
        attempt(studio, "The file was not opened", () => showOpened(studio, opened));
      }),
      studio.bridge.on("saveAndClose", () => {
        attempt(studio, NOT_SAVED, () => saveAndClose(studio));
      }),
    ];
    attempt(studio, "The settings were not read", async () => {
      const { theme, panes } = await studio.bridge.readSettings();
      studio.view.setState({ theme, paneSizes: panes });
    });
    attempt(studio, "Unsaved changes were not looked for", () => readRecoveries(studio));
    attempt(studio, "The examples were not listed", () => readExamples(studio));
    attempt(studio, "The project was not opened", async () => {
      const initial = await studio.bridge.initialProject();
      if (initial !== null) await showOpened(studio, initial);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [studio, run]);
}
