/**
 * The life of an alert: open → acknowledged → resolved, with naps. Pure: each step answers with the alert as it is
 * afterwards and what is to be written down and told, or with undefined where the step does not fit its state.
 */
import { type Instant, instant } from '#kernel/brands';
import { MINUTE } from '#kernel/units';
import type { NoticeEvent, Severity } from '#platform/notify/contract';
import { severities } from '#platform/notify/contract';

import { type AlertChange, type AlertType, alertTypes } from '../contract/index.ts';
import type { Alert, AlertSignal } from './alert.ts';

export interface Step {
  readonly alert: Alert;
  readonly change: AlertChange | null;
  /** Null: nobody is told. */
  readonly tell: NoticeEvent | null;
}

/** Minutes after which nobody having taken it on is a further step, by severity. */
export type EscalationTimes = Readonly<Record<Severity, readonly number[]>>;

/** What was over for less than this is the same trouble coming back, and not told anew. */
export const returnsWithinMs = 30 * MINUTE;

interface Raised {
  readonly id: string;
  readonly at: Instant;
  readonly position: number | null;
}

export function begin(signal: AlertSignal, { id, at, position }: Raised): Step {
  const alert: Alert = {
    id,
    ...shown(signal),
    type: signal.type,
    fingerprint: signal.fingerprint,
    severity: signal.severity ?? alertTypes[signal.type].severity,
    state: 'open',
    count: 1,
    firstAt: at,
    lastAt: at,
    level: 0,
    escalatesFrom: at,
    snoozedUntil: null,
    acknowledged: null,
    resolved: null,
    note: null,
    lastPosition: position,
  };
  return { alert, change: 'raised', tell: 'raised' };
}

/** The same again, while it lasts or soon after. Undefined when it is a matter of its own. */
export function again(alert: Alert, signal: AlertSignal, { at, position }: Omit<Raised, 'id'>): Step | undefined {
  if (alert.resolved !== null && Date.parse(at) - Date.parse(alert.resolved.at) >= returnsWithinMs) return undefined;
  const counted = {
    ...alert,
    ...shown(signal),
    count: alert.count + 1,
    lastAt: at > alert.lastAt ? at : alert.lastAt,
    lastPosition: position ?? alert.lastPosition,
  };
  const severity = severityOf(counted, signal);
  const isWorse = isMoreSevere(severity, alert.severity);
  const worse = { ...counted, severity: isWorse ? severity : alert.severity };
  if (alert.resolved !== null) {
    const open = { ...reopened(worse, at), level: 0 };
    return { alert: open, change: 'returned', tell: isWorse ? 'raised' : null };
  }
  if (!isWorse) return { alert: worse, change: null, tell: null };
  // Who took on a warning did not take on what became of it.
  return { alert: reopened(worse, at), change: 'worsened', tell: isAsleep(alert, at) ? null : 'raised' };
}

/** What it told of is over. */
export function clear(alert: Alert, { at, position }: Omit<Raised, 'id'>): Step | undefined {
  if (alert.state === 'resolved') return undefined;
  const resolved = { by: null, at };
  const lastPosition = position ?? alert.lastPosition;
  const over = { ...alert, state: 'resolved', resolved, snoozedUntil: null, lastPosition } as const;
  return { alert: over, change: 'cleared', tell: 'resolved' };
}

interface Act {
  readonly by: string;
  readonly at: Instant;
}

export function acknowledge(alert: Alert, { by, at }: Act): Step | undefined {
  if (alert.state !== 'open') return undefined;
  const taken = { ...alert, state: 'acknowledged', acknowledged: { by, at }, snoozedUntil: null } as const;
  return { alert: taken, change: 'acknowledged', tell: null };
}

/** Undoes an acknowledgement, a nap or a resolution by hand. */
export function reopen(alert: Alert, { at }: Act): Step | undefined {
  if (alert.state === 'open' && alert.snoozedUntil === null) return undefined;
  return { alert: { ...reopened(alert, at), level: 0 }, change: 'reopened', tell: null };
}

export function snooze(alert: Alert, { at }: Act, until: Instant): Step | undefined {
  if (alert.state === 'resolved') return undefined;
  return { alert: { ...reopened(alert, at), snoozedUntil: until }, change: 'snoozed', tell: null };
}

export function resolve(alert: Alert, { by, at }: Act): Step | undefined {
  if (alert.state === 'resolved') return undefined;
  const over = { ...alert, state: 'resolved', resolved: { by, at }, snoozedUntil: null } as const;
  return { alert: over, change: 'resolved', tell: 'resolved' };
}

/** What time has brought: the end of a nap, or the next step of the escalation. */
export function lookAgain(alert: Alert, at: Instant, times: EscalationTimes): Step | undefined {
  const due = nextLook(alert, times);
  if (due === undefined || due > at) return undefined;
  if (alert.snoozedUntil !== null) {
    const awake = { ...alert, snoozedUntil: null, escalatesFrom: at, level: 0 };
    return { alert: awake, change: 'woken', tell: 'raised' };
  }
  return { alert: { ...alert, level: alert.level + 1 }, change: 'escalated', tell: 'escalated' };
}

/** When time brings the next change; undefined while nothing but people can. */
export function nextLook(alert: Alert, times: EscalationTimes): Instant | undefined {
  if (alert.state !== 'open') return undefined;
  if (alert.snoozedUntil !== null) return alert.snoozedUntil;
  const minutes = times[alert.severity][alert.level];
  return minutes === undefined ? undefined : instant(new Date(Date.parse(alert.escalatesFrom) + minutes * MINUTE));
}

function isAsleep({ snoozedUntil }: Alert, at: Instant): boolean {
  return snoozedUntil !== null && snoozedUntil > at;
}

function reopened(alert: Alert, at: Instant): Alert {
  return { ...alert, state: 'open', acknowledged: null, resolved: null, escalatesFrom: at };
}

function severityOf({ type, count }: Alert, signal: AlertSignal): Severity {
  const { severity, worse }: AlertType = alertTypes[type];
  const told = signal.severity ?? severity;
  return worse !== undefined && count >= worse.after && isMoreSevere(worse.severity, told) ? worse.severity : told;
}

function isMoreSevere(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) > severities.indexOf(b);
}

/** What is shown is as it was told last. */
function shown({ subject, site = null, owner = null, tags = [], filling = {}, detail, page }: AlertSignal) {
  return { subject, site, owner, tags, filling, detail: detail ?? null, page: page ?? null };
}
