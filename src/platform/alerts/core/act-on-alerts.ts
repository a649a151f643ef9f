/** What people do about alerts. */
import { type Instant, instant } from '#kernel/brands';
import { isKuraError, KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';
import type { Actor, WriteTransaction } from '#platform/unit-of-work';

import type { AlertAction } from '../contract/index.ts';
import { findAlert, findNewest } from '../store/alert-store.ts';
import type { Alert } from './alert.ts';
import * as life from './alert-life.ts';
import type { AlertsDeps } from './alerts-deps.ts';
import { takeStep } from './take-step.ts';

export interface ActRequest {
  readonly ids: readonly string[];
  readonly action: AlertAction;
  readonly note?: string | undefined;
  /** How long a nap is. */
  readonly minutes?: number | undefined;
  /** Whether whoever acts may see the alert. */
  readonly isVisible: (alert: Alert) => boolean;
}

export interface ActAnswer {
  readonly changed: readonly Alert[];
  readonly refused: readonly { readonly id: string; readonly error: KuraError }[];
}

export async function actOnAlerts(deps: AlertsDeps, actor: Actor, request: ActRequest): Promise<ActAnswer> {
  const changed: Alert[] = [];
  const refused: { id: string; error: KuraError }[] = [];
  for (const id of new Set(request.ids)) {
    try {
      changed.push(await deps.unitOfWork.write(actor, (tx) => actOnOne(deps, tx, { id, request })));
    } catch (error) {
      if (!isKuraError(error) || (error.kind !== 'conflict' && error.kind !== 'not-found')) throw error;
      refused.push({ id, error });
    }
  }
  return { changed, refused };
}

interface One {
  readonly id: string;
  readonly request: ActRequest;
}

/** @throws KuraError not-found `alerts.not-found`, conflict `alerts.not-in-this-state`, `alerts.newer-exists` */
async function actOnOne(deps: AlertsDeps, tx: WriteTransaction, { id, request }: One): Promise<Alert> {
  const { action, note, isVisible } = request;
  const known = await findAlert(tx, id);
  if (known === undefined || !isVisible(known))
    throw new KuraError('not-found', 'alerts.not-found', { params: { id } });
  if (action === 'reopen' && known.state === 'resolved') await refuseOlder(tx, known);
  const at = instant(new Date(deps.clock.now()));
  const by = tx.actor.name;
  const step = stepOf(known, request, { at, by });
  if (step === undefined) {
    throw new KuraError('conflict', 'alerts.not-in-this-state', { params: { id, state: known.state } });
  }
  const alert = note === undefined ? step.alert : { ...step.alert, note };
  await takeStep(deps, tx, { ...step, alert }, { at, by, note });
  await tx.audit({
    action: `alerts.${action}`,
    category: 'system',
    subject: { kind: 'alert', id, name: known.type },
    result: 'done',
    before: { state: known.state },
    after: { state: alert.state, ...(note === undefined ? {} : { note }) },
  });
  return alert;
}

function stepOf(
  alert: Alert,
  { action, minutes = 0 }: ActRequest,
  act: { readonly at: Instant; readonly by: string },
): life.Step | undefined {
  switch (action) {
    case 'acknowledge':
      return life.acknowledge(alert, act);
    case 'reopen':
      return life.reopen(alert, act);
    case 'resolve':
      return life.resolve(alert, act);
    case 'snooze':
      return life.snooze(alert, act, instant(new Date(Date.parse(act.at) + minutes * MINUTE)));
    // A note.
    default:
      return { alert, change: 'noted', tell: null };
  }
}

/** The same trouble has an alert of its own by now. */
async function refuseOlder(tx: WriteTransaction, { id, fingerprint }: Alert): Promise<void> {
  const newest = await findNewest(tx, fingerprint);
  if (newest !== undefined && newest.id !== id) {
    throw new KuraError('conflict', 'alerts.newer-exists', { params: { id, newer: newest.id } });
  }
}
