/** What stages remember between jobs, so that a changed regularizer or variant is quick. */

/** Values by the canonical text of everything they depend on; forgets the least recently used. */
export interface StageCache {
  get(stage: string, key: string): unknown;
  set(stage: string, key: string, value: unknown, bytes: number): void;
}

/**
 * A cache of at most `limitBytes` (as declared by whoever stores).
 */
export function createStageCache(limitBytes: number): StageCache {
  const entries = new Map<string, { readonly value: unknown; readonly bytes: number }>();
  let total = 0;
  const remove = (name: string): void => {
    total -= entries.get(name)?.bytes ?? 0;
    entries.delete(name);
  };
  return {
    get: (stage, key) => {
      const name = `${stage}\n${key}`;
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      entries.delete(name);
      entries.set(name, entry);
      return entry.value;
    },
    set: (stage, key, value, bytes) => {
      const name = `${stage}\n${key}`;
      remove(name);
      if (bytes > limitBytes) return;
      for (const oldest of entries.keys()) {
        if (total + bytes <= limitBytes) break;
        remove(oldest);
      }
      entries.set(name, { value, bytes });
      total += bytes;
    },
  };
}
