/** Reads a whole SQLite file, which may take minutes, on a thread of its own. */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';

import { integrityFaults } from './sqlite-integrity.ts';

const { path } = z.object({ path: z.string() }).parse(workerData);
parentPort?.postMessage(check());

function check(): readonly string[] {
  try {
    // Not read-only: a database that was in use when it was stored first takes in its log.
    using database = new DatabaseSync(path);
    const answers = database.prepare('pragma integrity_check(10)').all();
    return integrityFaults(answers.map((row) => String(row['integrity_check'])));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
