/** Alerts about what was verified, tested and found broken. */
import { backupsEvents } from '#backups';

import { type AlertRule, first, ofCopy, ofJob, ofPlace, on, word } from './alert-rule.ts';

export const proofRules: readonly AlertRule[] = [
  on(backupsEvents.verificationFailed, ({ copyId, findings, ...place }) => ({
    raise: {
      type: 'verification-failed',
      fingerprint: `verification-failed:${copyId}`,
      ...ofCopy(place),
      ...first(findings),
    },
  })),
  on(backupsEvents.verificationPassed, ({ copyId }) => ({ clear: `verification-failed:${copyId}` })),
  on(backupsEvents.drillFailed, ({ job, title, copy, copyId, kind, drillId, findings }) => ({
    raise: {
      type: 'drill-failed',
      fingerprint: `drill-failed:${copyId ?? job}:${kind}`,
      ...ofPlace({ job, title, copy }),
      ...first(findings),
      page: `/backups/drills/${drillId}`,
    },
  })),
  on(backupsEvents.drillFinished, ({ job, copyId, kind, result }) =>
    result === 'passed' ? { clear: `drill-failed:${copyId ?? job}:${kind}` } : [],
  ),
  on(backupsEvents.testDue, ({ planId, dueOn, ...place }) => ({
    raise: {
      type: 'test-due',
      fingerprint: `test-due:${planId}`,
      filling: { params: { dueOn } },
      ...ofJob(place),
      page: '/backups/test-plans',
    },
  })),
  on(backupsEvents.testOverdue, ({ planId, dueOn, ...place }) => [
    { clear: `test-due:${planId}` },
    {
      raise: {
        type: 'test-overdue',
        fingerprint: `test-overdue:${planId}`,
        filling: { params: { dueOn } },
        ...ofJob(place),
        page: '/backups/test-plans',
      },
    },
  ]),
  on(backupsEvents.testPassed, ({ planId }) => [{ clear: `test-due:${planId}` }, { clear: `test-overdue:${planId}` }]),
  on(backupsEvents.canaryChanged, ({ canaryId, path, state, ...place }) => ({
    raise: {
      type: 'canary-changed',
      fingerprint: `canary-changed:${canaryId}`,
      filling: { params: { path }, words: { what: [word(state)] } },
      ...ofJob(place),
    },
  })),
  on(backupsEvents.canarySettled, ({ canaryId }) => ({ clear: `canary-changed:${canaryId}` })),
];

export const ticketRules: readonly AlertRule[] = [
  on(backupsEvents.ticketOpened, ({ ticketId, number, ...place }) => ({
    raise: {
      type: 'ticket-opened',
      fingerprint: `ticket-opened:${ticketId}`,
      filling: { params: { number } },
      ...ofPlace(place),
      page: '/backups/tickets',
    },
  })),
  on(backupsEvents.ticketOverdue, ({ ticketId, number, dueAt, ...place }) => ({
    raise: {
      type: 'ticket-overdue',
      fingerprint: `ticket-overdue:${ticketId}`,
      filling: { params: { number }, times: { due: dueAt } },
      ...ofPlace(place),
      page: '/backups/tickets',
    },
  })),
  on(backupsEvents.ticketClosed, ({ ticketId }) => [
    { clear: `ticket-opened:${ticketId}` },
    { clear: `ticket-overdue:${ticketId}` },
  ]),
];
