/** The page of a hidden window: draws the figures that the command line asks for. */
import { toPlainError } from "../src/errors.ts";
import { ENGINE_PORT_MESSAGE } from "../src/contract/api.ts";
import { drawTask } from "./figure/export/drawTask.ts";
import { wrapMessagePort } from "./state/results/engineConnection.ts";
import { createStudio } from "./state/studio.ts";

const studio = createStudio(window.studio, () => performance.now());

/** Resolves when the engine has introduced itself. */
const introduced = new Promise<void>((resolve) => {
  window.addEventListener("message", (event: MessageEvent<{ type?: unknown } | null>) => {
    const [port] = event.ports;
    if (event.source !== window || event.data?.type !== ENGINE_PORT_MESSAGE || port === undefined) {
      return;
    }
    studio.connection.attach(wrapMessagePort(port));
    resolve();
  });
});

introduced
  .then(() => drawTask(studio))
  .then(() => studio.bridge.answerFigureTask({ kind: "done" }))
  .catch((error: unknown) =>
    studio.bridge.answerFigureTask({ kind: "failed", error: toPlainError(error) }),
  )
  .catch(() => undefined);
