/**
 * Whether a tool's repository can be seen, without starting the tool: a medium may be away, or another one may be in its
 * place. A server is not asked: whether it answers is told by the next run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import { systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

import type { EngineName } from './backup-engine.ts';
import { isToolAddress } from './engine-place.ts';

/** A network folder that does not answer for so long is not there. */
const patienceMs = 3 * SECOND;
const markerSchema = z.looseObject({ id: z.string() });

interface Describing {
  readonly file: string;
  /** Undefined where the tool keeps its id sealed, and where the file cannot be understood. */
  readonly idIn: (text: string) => string | undefined;
}

const describing: Readonly<Record<EngineName, Describing>> = {
  // Encrypted; opening the repository tells.
  restic: { file: 'config', idIn: () => undefined },
  borg: { file: 'config', idIn: (text) => /^id = ([0-9a-f]{64})$/m.exec(text)?.[1] },
  rclone: { file: 'kura-copy.json', idIn: (text) => markerIn(text) },
};

export async function canSeeRepository(
  tool: EngineName,
  { repository, vaultId }: { readonly repository: string; readonly vaultId: string },
): Promise<boolean> {
  if (isToolAddress(tool, repository)) return true;
  const { file, idIn } = describing[tool];
  const over = new AbortController();
  const tooLate = sleep(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    const text = await Promise.race([readText(join(repository, file)), tooLate]);
    if (text === undefined) return false;
    const id = idIn(text);
    return id === undefined || id === vaultId;
  } finally {
    over.abort();
  }
}

/** Undefined when it is not there; empty when it is there and cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) =>
    ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '') ? undefined : '',
  );
}

function markerIn(text: string): string | undefined {
  try {
    return markerSchema.safeParse(JSON.parse(text)).data?.id;
  } catch {
    return undefined;
  }
}
