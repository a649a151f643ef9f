import type { RolledStream } from 'pino-roll';

export interface LateFile {
  /** @throws what opening throws */
  open(): Promise<void>;
  write(line: string): void;
  /** Resolves when what was written lies in the file, or the disk did not take it. @throws what opening threw */
  close(): Promise<void>;
}

/** A log that its first line opens: most commands have nothing to say, and what rotates files is slow to load. */
export function openLateFile(openFile: () => Promise<RolledStream>): LateFile {
  const waiting: string[] = [];
  let file: RolledStream | undefined;
  let opening: Promise<void> | undefined;

  async function openNow(): Promise<void> {
    file = await openFile();
    // Without a listener a full disk would end the process; the work itself will say what is wrong with the disk.
    file.on('error', () => undefined);
    for (const line of waiting.splice(0)) file.write(line);
  }

  function open(): Promise<void> {
    opening ??= openNow();
    return opening;
  }

  return {
    open,
    write(line) {
      if (file !== undefined) file.write(line);
      else {
        waiting.push(line);
        // Whoever closes it is told.
        open().catch(() => undefined);
      }
    },
    async close() {
      await opening;
      if (file !== undefined) await closed(file);
    },
  };
}

/** Lines that the disk does not take are given up: it would never say that it is closed. */
function closed(file: RolledStream): Promise<void> {
  return new Promise((resolve) => {
    file.once('close', resolve);
    file.once('error', () => {
      file.destroy();
      resolve();
    });
    file.end();
  });
}
