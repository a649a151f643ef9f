/** Writes down one step in the life of an alert, with all that follows from it, in one transaction. */
import type { Instant } from '#kernel/brands';
import type { Notice } from '#platform/notify';
import type { WriteTransaction } from '#platform/unit-of-work';

import { insertHistory, saveAlert } from '../store/alert-store.ts';
import type { Alert } from './alert.ts';
import { alertChanged } from './alert-events.ts';
import { lookAgainJob } from './alert-jobs.ts';
import { nextLook, type Step } from './alert-life.ts';
import type { AlertsDeps } from './alerts-deps.ts';

interface Circumstances {
  readonly at: Instant;
  /** Null: nobody, it came by itself. */
  readonly by: string | null;
  readonly note?: string | undefined;
}

type Deps = Pick<AlertsDeps, 'ids' | 'clock' | 'notifier' | 'escalation'>;

export async function takeStep(
  deps: Deps,
  tx: WriteTransaction,
  { alert, change, tell }: Step,
  { at, by, note }: Circumstances,
): Promise<void> {
  await saveAlert(tx, alert);
  if (change === null) return;
  const id = deps.ids.next();
  await insertHistory(tx, { id, alertId: alert.id, at, change, by, note: note ?? null });
  const { type, severity, state } = alert;
  tx.publish(alertChanged, { alertId: alert.id, type, severity, state });
  const next = nextLook(alert, deps.escalation());
  if (next !== undefined) {
    const delayMs = Math.max(Date.parse(next) - deps.clock.now(), 0);
    await tx.enqueue(lookAgainJob, { alertId: alert.id }, { delayMs });
  }
  if (tell !== null) await deps.notifier.tell(tx, noticeOf(alert, { id, event: tell, at }));
}

function noticeOf(alert: Alert, { id, event, at }: Pick<Notice, 'id' | 'event' | 'at'>): Notice {
  const { type, filling, detail, subject } = alert;
  const texts = { ...filling, params: { ...filling.params, name: subject.name } };
  return {
    id,
    kind: type,
    event,
    severity: alert.severity,
    level: event === 'raised' ? 0 : alert.level,
    subject,
    tags: alert.tags,
    site: alert.site,
    owner: alert.owner,
    title: { key: `alerts.type.${type}`, ...texts },
    lines: [
      ...(detail === null ? [] : [{ key: detail.code, params: detail.params }]),
      ...(event === 'resolved' ? [] : [{ key: `alerts.type.${type}.advice`, ...texts }]),
      ...(alert.count > 1 ? [{ key: 'alerts.happened', params: { count: alert.count } }] : []),
    ],
    path: `/operations/alerts/${alert.id}`,
    at,
  };
}
