import "@fontsource-variable/inter/wght.css";
import "./theme/tokens.css";
import "./theme/base.css";
import "./components/components.css";
import "./app/app.css";
import "./app/desktop.css";
import "./panels/panels.css";
import "./panels/features/features.css";
import "./panels/parts/parts.css";
import "./panels/selection/selection.css";
import "./panels/crystals/crystals.css";
import "./panels/suggest/suggest.css";
import "./panels/whatIf/whatIf.css";
import "./charts/charts.css";
import "./learn/learn.css";
import "./composer/composer.css";
import "./panels/display.css";
import { createRoot } from "react-dom/client";
import { ENGINE_PORT_MESSAGE, type StudioBridge } from "../src/contract/api.ts";
import { App } from "./app/App.tsx";
import { wrapMessagePort } from "./state/results/engineConnection.ts";
import { keepJournal } from "./state/project/journal.ts";
import { createStudio } from "./state/studio.ts";

declare global {
  interface Window {
    readonly studio: StudioBridge;
  }
}

const studio = createStudio(window.studio, () => performance.now());
keepJournal(studio);

window.addEventListener("message", (event: MessageEvent<{ type?: unknown } | null>) => {
  const [port] = event.ports;
  if (event.source !== window || event.data?.type !== ENGINE_PORT_MESSAGE || port === undefined) {
    return;
  }
  studio.connection.attach(wrapMessagePort(port));
});

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<App studio={studio} />);
