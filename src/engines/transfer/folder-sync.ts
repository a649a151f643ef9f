/** Makes names durable: after a rename the folder has to be synced, and one sync serves all who asked before it began. */
import { open } from 'node:fs/promises';

interface Turns {
  running: Promise<void> | undefined;
  /** Begins when the one that is running has ended. */
  next: Promise<void> | undefined;
}

const folders = new Map<string, Turns>();

/** Resolves when every name given in this folder so far is durable. */
export async function syncFolder(path: string): Promise<void> {
  const turns = folders.get(path) ?? { running: undefined, next: undefined };
  folders.set(path, turns);
  turns.next ??= takeTurn(path, turns);
  await turns.next;
}

export async function syncPath(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.sync();
}

async function takeTurn(path: string, turns: Turns): Promise<void> {
  // Whoever waited for it has heard of its failure.
  await turns.running?.catch(() => undefined);
  const sync = syncPath(path);
  turns.next = undefined;
  turns.running = sync;
  try {
    await sync;
  } finally {
    if (turns.running === sync) turns.running = undefined;
    if (!turns.running && !turns.next) folders.delete(path);
  }
}
