import { expect, test } from "vitest";
import {
  createEngineConnection,
  type EnginePort,
} from "../../../../renderer/state/results/engineConnection.ts";
import type { EngineMessage, EngineRequest } from "../../../../src/contract/enginePort.ts";

function openPort(): EnginePort & {
  sent: EngineRequest[];
  closed: boolean;
  receive: (message: EngineMessage) => void;
} {
  const port = {
    sent: [] as EngineRequest[],
    closed: false,
    receive: (_message: EngineMessage): void => undefined,
    send: (message: EngineRequest) => {
      port.sent.push(message);
    },
    listen: (listener: (message: EngineMessage) => void) => {
      port.receive = listener;
    },
    close: () => {
      port.closed = true;
    },
  };
  return port;
}

const FIRST = { dataset: "film", structureIndex: 0 };

test("answers find their request whatever their order", async () => {
  const connection = createEngineConnection();
  const port = openPort();
  connection.attach(port);
  const a = connection.request("cancel", { jobId: "a" });
  const b = connection.request("cancel", { jobId: "b" });
  const [idA, idB] = port.sent.map(({ id }) => id);
  port.receive({ kind: "answer", id: idB ?? 0, value: { cancelled: false } });
  port.receive({ kind: "answer", id: idA ?? 0, value: { cancelled: true } });
  expect(await a).toEqual({ cancelled: true });
  expect(await b).toEqual({ cancelled: false });
});

test("an error of the engine keeps its code, remedy and place", async () => {
  const connection = createEngineConnection();
  const port = openPort();
  connection.attach(port);
  const asked = connection.request("structure", FIRST);
  port.receive({
    kind: "error",
    id: port.sent[0]?.id ?? 0,
    error: { code: "INVALID_FILE", message: "bad", remedy: "mend it", location: { line: 3 } },
  });
  await expect(asked).rejects.toMatchObject({
    code: "INVALID_FILE",
    remedy: "mend it",
    location: { line: 3 },
  });
});

test("a lost engine rejects what it still owed, and later requests at once", async () => {
  const connection = createEngineConnection();
  connection.attach(openPort());
  const asked = connection.request("structure", FIRST);
  connection.lose("killed");
  await expect(asked).rejects.toMatchObject({ code: "WORKER_LOST", message: "killed" });
  await expect(connection.request("structure", FIRST)).rejects.toMatchObject({
    code: "WORKER_LOST",
  });
});

test("a new port replaces the old one, whose late answers are ignored", async () => {
  const connection = createEngineConnection();
  const old = openPort();
  const fresh = openPort();
  connection.attach(old);
  const first = connection.request("structure", FIRST);
  connection.attach(fresh);
  await expect(first).rejects.toMatchObject({ code: "WORKER_LOST" });
  expect(old.closed).toBe(true);
  const events: string[] = [];
  connection.onEvent((event) => events.push(event.type));
  old.receive({ kind: "event", event: { type: "memory", usedBytes: 1 } });
  fresh.receive({ kind: "event", event: { type: "memory", usedBytes: 2 } });
  expect(events).toEqual(["memory"]);
});
