/** What is backed up: two model files, 10,000 texts and a database that lives. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { KIB, MIB } from '#kernel/units';

import { LivingDatabase } from './living-database.ts';
import { Prose } from './prose.ts';
import { writeWeights } from './weights.ts';

export interface BackupMix {
  readonly folder: string;
  readonly mebibytes: number;
  /** Gives a model file another name in another folder. */
  moveModel(): Promise<void>;
  liveOneDay(): void;
}

const MODEL_MIB = 1024;
const TEXTS = 10_000;
const TEXT_KIB = 72;
const DATABASE_MIB = 300;

/** @param share 1 for the whole mix, less for a quick look. */
export async function makeBackupMix(folder: string, share: number): Promise<BackupMix> {
  await mkdir(join(folder, 'models', 'sorted'), { recursive: true });
  const modelBytes = Math.round(MODEL_MIB * share) * MIB;
  let moving = join(folder, 'models', 'moving.safetensors');
  await writeWeights(moving, modelBytes);
  await writeWeights(join(folder, 'models', 'staying.safetensors'), modelBytes);
  await new Prose().writeFiles(join(folder, 'texts'), Math.round(TEXTS * share), TEXT_KIB * KIB);
  const database = new LivingDatabase(join(folder, 'library.sqlite'));
  database.fill(DATABASE_MIB * share * MIB);
  let moves = 0;
  return {
    folder,
    mebibytes: Math.round((2 * MODEL_MIB + (TEXTS * TEXT_KIB) / KIB + DATABASE_MIB) * share),
    async moveModel() {
      moves += 1;
      const next = join(folder, 'models', moves % 2 === 0 ? '.' : 'sorted', `moved-${moves}.safetensors`);
      await rename(moving, next);
      moving = next;
    },
    liveOneDay: () => database.liveOneDay(),
  };
}
