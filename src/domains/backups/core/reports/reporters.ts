/** Heartbeats: whether the programs that report are alive, apart from whether there was anything to report. */
import { type Instant, instant } from '#kernel/brands';
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import type { Actor } from '#platform/unit-of-work';

import type { Heartbeat, ReporterView } from '../../contract/index.ts';
import { deleteReporter, findReporter, saveReporter } from '../../store/reporter-store.ts';
import type { ReportsTables } from '../../store/reports-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import { reporterBack } from '../backups-events.ts';

/** So many heartbeats in a row must be missing. */
const patience = 3;

/** Since when nothing is heard of a reporter that should have been heard of; null when all is well. */
export function silentSince(
  { lastSeenAt, everyMinutes }: Pick<ReporterView, 'lastSeenAt' | 'everyMinutes'>,
  now: number,
): Instant | null {
  const until = Date.parse(lastSeenAt) + patience * everyMinutes * MINUTE;
  return now > until ? instant(new Date(until)) : null;
}

export async function noteHeartbeat(context: BackupsContext, actor: Actor, beat: Heartbeat): Promise<ReporterView> {
  const { reporter, tool, host = null, version = null, everyMinutes, waiting } = beat;
  const lastSeenAt = nowInstant(context.clock);
  const seen: ReporterView = { reporter, tool, host, version, everyMinutes, waiting, lastSeenAt, silentSince: null };
  await context.unitOfWork.write(actor, async (tx) => {
    const tables = tx.tables<ReportsTables>();
    const before = await findReporter(tables, reporter);
    await saveReporter(tables, seen);
    if (before !== undefined && before.silentSince !== null) tx.publish(reporterBack, { reporter, host, tool });
  });
  return seen;
}

/** One that was taken out of service. @throws KuraError not-found `backups.reporter-not-found` */
export async function forgetReporter(context: BackupsContext, actor: Actor, reporter: string): Promise<void> {
  await context.unitOfWork.write(actor, async (tx) => {
    if (!(await deleteReporter(tx.tables<ReportsTables>(), reporter))) {
      throw new KuraError('not-found', 'backups.reporter-not-found', { params: { reporter } });
    }
    const subject = { kind: 'backup-reporter', id: reporter };
    await tx.audit({ action: 'backups.forget-reporter', subject, result: 'done' });
  });
}
