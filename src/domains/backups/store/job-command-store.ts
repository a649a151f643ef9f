/** The programs whose output jobs back up. */
import { z } from 'zod';

import type { ReadTables, Tables } from '#platform/db';

import type { EngineTables } from './engine-tables.ts';

export interface JobCommand {
  /** The program, then its arguments. */
  readonly words: readonly string[];
  readonly warnExitCodes: readonly number[];
}

const wordsSchema = z.array(z.string());
const codesSchema = z.array(z.number());

export async function insertJobCommand(tables: Tables<EngineTables>, key: string, command: JobCommand): Promise<void> {
  const { words, warnExitCodes } = command;
  await tables
    .insertInto('backup_job_commands')
    .values({ job_key: key, words: JSON.stringify(words), warn_exit_codes: JSON.stringify(warnExitCodes) })
    .execute();
}

export async function findJobCommand(reads: ReadTables<EngineTables>, key: string): Promise<JobCommand | undefined> {
  const row = await reads.selectFrom('backup_job_commands').selectAll().where('job_key', '=', key).executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    words: wordsSchema.parse(JSON.parse(row.words)),
    warnExitCodes: codesSchema.parse(JSON.parse(row.warn_exit_codes)),
  };
}
