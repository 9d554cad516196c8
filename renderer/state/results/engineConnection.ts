/**
 * The window's end of the engine port: requests are answered by id, events are passed on. A new
 * port replaces the old one; whatever the old engine still owed is rejected.
 */
import type {
  EngineEvent,
  EngineMessage,
  EngineMethods,
  EngineRequest,
} from "../../../src/contract/enginePort.ts";
import { fromPlainError, StudioError } from "../../../src/errors.ts";

/** What is needed of a `MessagePort`; a test brings its own. */
export interface EnginePort {
  send(message: EngineRequest): void;
  listen(listener: (message: EngineMessage) => void): void;
  close(): void;
}

export interface EngineConnection {
  attach(port: EnginePort): void;
  /** Rejects everything unanswered and forgets the port. */
  lose(reason: string): void;
  isAttached(): boolean;
  request<M extends keyof EngineMethods>(
    method: M,
    params: EngineMethods[M]["params"],
  ): Promise<EngineMethods[M]["answer"]>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
}

interface Pending {
  resolve(value: never): void;
  reject(error: StudioError): void;
}

/** Adapts the port that preload posts into the page. */
export function wrapMessagePort(port: MessagePort): EnginePort {
  return {
    send: (message) => {
      port.postMessage(message);
    },
    listen: (listener) => {
      port.onmessage = (event: MessageEvent<EngineMessage>) => {
        listener(event.data);
      };
      port.start();
    },
    close: () => {
      port.close();
    },
  };
}

export function createEngineConnection(): EngineConnection {
  const pending = new Map<number, Pending>();
  const listeners = new Set<(event: EngineEvent) => void>();
  let current: EnginePort | null = null;
  let nextId = 1;

  const rejectAll = (reason: string): void => {
    const owed = [...pending.values()];
    pending.clear();
    for (const request of owed) request.reject(new StudioError("WORKER_LOST", reason));
  };

  const receive = (message: EngineMessage): void => {
    if (message.kind === "event") {
      for (const listener of listeners) listener(message.event);
      return;
    }
    const request = pending.get(message.id);
    if (request === undefined) return;
    pending.delete(message.id);
    if (message.kind === "answer") request.resolve(message.value as never);
    else request.reject(fromPlainError(message.error));
  };

  return {
    attach(port) {
      current?.close();
      rejectAll("The computation was restarted before it answered.");
      current = port;
      port.listen((message) => {
        if (current === port) receive(message);
      });
    },
    lose(reason) {
      current?.close();
      current = null;
      rejectAll(reason);
    },
    isAttached: () => current !== null,
    request(method, params) {
      const port = current;
      if (port === null) {
        return Promise.reject(
          new StudioError("WORKER_LOST", "The computation is not running.", {
            remedy: "Run it again.",
          }),
        );
      }
      const id = nextId++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: resolve, reject });
        port.send({ id, method, params });
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
