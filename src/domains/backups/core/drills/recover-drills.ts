/** Closes drills that a program that died has left open, and removes what it had restored. */
import { rm } from 'node:fs/promises';

import { nowInstant } from '#kernel/clock';
import { DAY } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { openDrills } from '../../store/drill-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import { isAtWork, runnerName } from '../runs/copy-lock.ts';
import type { Drill } from './drill-record.ts';
import { reviseDrill } from './revise-drill.ts';
import { endIn } from './run-drill.ts';
import { sandboxOf } from './sandbox.ts';
import { waitingRunner } from './start-drills.ts';

export async function recoverDrills(context: BackupsContext, actor: Actor): Promise<number> {
  const runner = runnerName(context);
  let closed = 0;
  for (const drill of await openDrills(context.database.tables<BackupsTables>(), [runner, waitingRunner])) {
    if (!(await isDead(context, drill))) continue;
    await rm(sandboxOf(context, drill.id), { recursive: true, force: true });
    const error = { code: 'backups.drill-died', params: { since: drill.startedAt } };
    const facts = { ...drill.facts, error };
    const ended: Drill = { ...drill, result: 'interrupted', endedAt: nowInstant(context.clock), facts };
    const changed = await context.unitOfWork.write(actor, async (tx) => {
      if (!(await endIn(tx, ended))) return false;
      await reviseDrill(context, tx, ended, null);
      await tx.audit({
        action: 'backups.close-drill',
        subject: { kind: 'backup-drill', id: drill.id, name: `${drill.job}/${drill.copy ?? '*'}` },
        level: 'warning',
        result: 'failed',
      });
      return true;
    });
    closed += changed ? 1 : 0;
  }
  return closed;
}

/** One that waits for its turn may wait for a day behind long backups. */
async function isDead(context: BackupsContext, drill: Drill): Promise<boolean> {
  if (drill.runner === waitingRunner) return context.clock.now() - Date.parse(drill.startedAt) > DAY;
  return drill.copyId === null || !(await isAtWork(context, drill.copyId, 'drill'));
}
