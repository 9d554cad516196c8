/** The open figure as a command of `lpr-studio render`, on the clipboard. */
import { StudioError } from "../../../src/errors.ts";
import { say } from "../../state/window/messageStore.ts";
import { isEdited } from "../../state/project/projectStore.ts";
import type { Studio } from "../../state/studio.ts";
import { renderCommandLine } from "./commandLine.ts";
import { currentFigure } from "../composerActions.ts";
import { exportedFormats } from "../composerStore.ts";

/** @throws StudioError `INVALID_PARAMETER` when the project has no file that the command could read */
export async function copyCommandLine(studio: Studio): Promise<void> {
  const project = studio.project.getState();
  const figure = currentFigure(studio);
  if (figure === null) throw new StudioError("INVALID_PARAMETER", "No figure is open.");
  if (project.path === null) {
    throw new StudioError("INVALID_PARAMETER", "The project has no file yet.", {
      remedy: "Save it first: the command reads the project from its file.",
    });
  }
  const { dotsPerInch, data, structures } = studio.composer.getState();
  const shell = navigator.userAgent.includes("Windows") ? "windows" : "posix";
  const words = {
    project: project.path,
    figure: figure.name,
    formats: exportedFormats(studio.composer.getState()),
    dotsPerInch,
    withData: data,
    withStructures: structures,
  };
  await studio.bridge.copyText(renderCommandLine(words, shell));
  const note = isEdited(project)
    ? ". Save the project: it reads the file, without your last edits"
    : "";
  say(studio.messages, `Command line copied${note}`);
}
