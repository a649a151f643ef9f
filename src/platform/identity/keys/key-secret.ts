/** The secret with which API keys are hashed: configured for several nodes, or made once into the data directory. */
import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Random } from '#kernel/clock';
import { systemCode } from '#kernel/errors';
import { writeFileAtomic } from '#platform/files';

import { newSecret } from '../secret-hash.ts';

export interface KeySecretFile {
  readonly path: string;
  readonly random: Random;
  /** How it stands in the file: sealed. */
  readonly seal: (secret: string) => string;
  /** @throws when the file holds something that does not open */
  readonly open: (text: string) => string;
}

/** Reads or makes it when first asked. */
export function keySecretIn(file: KeySecretFile): () => Promise<string> {
  let known: Promise<string> | undefined;
  return () => {
    known ??= readOrMake(file).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function readOrMake(file: KeySecretFile): Promise<string> {
  const { path, random } = file;
  const stored = await readStored(file);
  if (stored !== undefined) return stored;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${newSecret(random).slice(0, 12)}`;
  await writeFileAtomic(aside, `${file.seal(newSecret(random))}\n`, { mode: 0o600 });
  try {
    // Unlike a rename this takes nobody's place: of two processes that start together one makes the secret.
    await link(aside, path);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return readOrMake(file);
}

async function readStored({ path, open }: KeySecretFile): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    return text === '' ? undefined : open(text);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
