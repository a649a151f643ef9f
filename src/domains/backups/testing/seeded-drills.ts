import { noFacts } from '../core/drills/drill-record.ts';
import type { BackupsTables } from '../store/backups-tables.ts';
import { insertDrill } from '../store/drill-store.ts';
import type { OpenBackups } from './open-backups.ts';

interface SeededDrills {
  readonly job: string;
  readonly at: string;
  readonly first: number;
  readonly count: number;
}

/** Restore tests that passed, numbered on from `first`. */
export async function addPassedDrills(
  { database }: OpenBackups,
  { job, at, first, count }: SeededDrills,
): Promise<void> {
  await database.transaction(async (tx) => {
    for (let number = first; number < first + count; number += 1) {
      await insertDrill(tx.tables<BackupsTables>(), {
        id: `drill-${number}`,
        job,
        copyId: null,
        copy: null,
        planId: null,
        kind: 'partial',
        mode: 'manual',
        result: 'passed',
        runner: '',
        tester: 'tester',
        startedAt: at,
        endedAt: at,
        facts: noFacts,
      });
    }
  });
}
