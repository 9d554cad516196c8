/** Entry of the engine process: Electron's `utilityProcess` or a forked Node. */
import { join } from "node:path";
import type { EngineRequest } from "../../src/contract/enginePort.ts";
import { toPlainError } from "../../src/errors.ts";
import { Engine, type SendToWindow } from "./engine.ts";
import type { EngineReply, HostMessage } from "./hostMessages.ts";

/** A port as Electron (`MessagePortMain`) gives it. */
interface WindowPort {
  postMessage(message: unknown, transfer?: readonly unknown[]): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

/** The way to the host. */
interface HostLink {
  send(reply: EngineReply): void;
  onMessage(listener: (message: HostMessage, ports: readonly WindowPort[]) => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: "message",
    listener: (event: { readonly data: unknown; readonly ports: readonly WindowPort[] }) => void,
  ): unknown;
}

function hostLink(): HostLink {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (reply) => {
        parentPort.postMessage(reply);
      },
      onMessage: (listener) => {
        parentPort.on("message", ({ data, ports }) => {
          listener(data as HostMessage, ports);
        });
      },
    };
  }
  // A host that is gone needs no engine.
  process.on("disconnect", () => process.exit(0));
  return {
    send: (reply) => process.send?.(reply),
    onMessage: (listener) => {
      process.on("message", (message) => {
        listener(message as HostMessage, []);
      });
    },
  };
}

class EngineProcess {
  readonly #link: HostLink;
  #engine: Engine | null = null;
  #port: WindowPort | null = null;
  #repliesToHost = false;

  constructor(link: HostLink) {
    this.#link = link;
    link.onMessage((message, ports) => {
      this.#receive(message, ports);
    });
  }

  #receive(message: HostMessage, ports: readonly WindowPort[]): void {
    switch (message.type) {
      case "start":
        this.#start(message);
        return;
      case "startJob":
        // Without a window port, what a job says goes to the host.
        if (this.#port === null) this.#replyToHost();
        void this.#engine?.startJob(message);
        return;
      case "cancelJob":
        this.#engine?.cancel(message.jobId);
        return;
      case "windowPort":
        if (ports[0] !== undefined) this.#usePort(ports[0]);
        return;
      case "windowRequest":
        this.#replyToHost();
        void this.#engine?.handle(message.request);
        return;
      case "shutdown":
        void (this.#engine?.dispose() ?? Promise.resolve()).finally(() => process.exit(0));
    }
  }

  #start({ options }: Extract<HostMessage, { type: "start" }>): void {
    try {
      this.#engine = new Engine(options, join(__dirname, "worker.cjs"));
      this.#link.send(this.#engine.started);
    } catch (error) {
      this.#link.send({ type: "startFailed", error: toPlainError(error) });
    }
  }

  #usePort(port: WindowPort): void {
    this.#port?.close();
    this.#port = port;
    this.#repliesToHost = false;
    port.on("message", ({ data }) => {
      void this.#engine?.handle(data as EngineRequest);
    });
    port.start();
    // Electron's ports between processes transfer ports only; typed arrays are copied once.
    const send: SendToWindow = (message) => {
      port.postMessage(message);
    };
    this.#engine?.attach(send);
  }

  #replyToHost(): void {
    if (this.#repliesToHost) return;
    this.#repliesToHost = true;
    this.#engine?.attach((message) => {
      this.#link.send({ type: "windowMessage", message });
    });
  }
}

new EngineProcess(hostLink());
