/** Which vault lies in a folder, without opening it: a medium may be away, or another one may be in its place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import { systemCode } from '#kernel/errors';
import { SECOND } from '#kernel/units';

export interface RepositoryIdentity {
  /** Undefined when the repository's own description cannot be understood; opening it says why. */
  readonly vaultId: string | undefined;
}

const describedSchema = z.looseObject({ format: z.literal('kura-vault'), id: z.string() });
/** A network folder that does not answer for so long is not there. */
const patienceMs = 3 * SECOND;

/** Undefined when there is no repository to be seen. */
export async function repositoryIdentity(repository: string): Promise<RepositoryIdentity | undefined> {
  const over = new AbortController();
  const tooLate = sleep(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([look(repository), tooLate]);
  } finally {
    over.abort();
  }
}

async function look(repository: string): Promise<RepositoryIdentity | undefined> {
  const texts = await Promise.all(['config', 'config.copy'].map((name) => readText(join(repository, name))));
  const present = texts.filter((text) => text !== undefined);
  if (present.length === 0) return undefined;
  return { vaultId: present.map(idIn).find((id) => id !== undefined) };
}

/** Undefined when it is not there; empty when it is there and cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) =>
    ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '') ? undefined : '',
  );
}

function idIn(text: string): string | undefined {
  try {
    return describedSchema.safeParse(JSON.parse(text)).data?.id;
  } catch {
    return undefined;
  }
}
