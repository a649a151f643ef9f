/** Alerts about offline media: lost, damaged, lent for too long, to be swapped. */
import { backupsEvents } from '#backups';

import { type AlertRule, on, word } from './alert-rule.ts';

export const mediaRules: readonly AlertRule[] = [
  on(backupsEvents.mediumLost, ({ mediumId, ...medium }) => ({
    raise: { type: 'medium-lost', fingerprint: `medium-lost:${mediumId}`, ...ofMedium(medium) },
  })),
  on(backupsEvents.mediumFound, ({ mediumId }) => ({ clear: `medium-lost:${mediumId}` })),
  on(backupsEvents.mediumDamaged, ({ mediumId, note, ...medium }) => ({
    raise: {
      type: 'medium-damaged',
      fingerprint: `medium-damaged:${mediumId}`,
      ...ofMedium(medium),
      ...(note === '' ? {} : { detail: { code: note, params: {} } }),
    },
  })),
  on(backupsEvents.mediumReleased, ({ mediumId }) => ({ clear: `medium-damaged:${mediumId}` })),
  on(backupsEvents.mediumRetired, ({ mediumId }) => [
    { clear: `medium-lost:${mediumId}` },
    { clear: `medium-damaged:${mediumId}` },
  ]),
  on(backupsEvents.loanOverdue, ({ loanId, dueOn, borrower, ...medium }) => ({
    raise: {
      type: 'loan-overdue',
      fingerprint: `loan-overdue:${loanId}`,
      filling: { params: { dueOn, borrower } },
      ...ofMedium(medium),
      page: '/backups/media/loans',
    },
  })),
  on(backupsEvents.loanEnded, ({ loanId }) => ({ clear: `loan-overdue:${loanId}` })),
  on(backupsEvents.swapDue, (swap) => ({
    raise: { type: 'swap-due', fingerprint: `swap-due:${swap.set}`, ...ofSwap(swap) },
  })),
  on(backupsEvents.swapOverdue, (swap) => [
    { clear: `swap-due:${swap.set}` },
    { raise: { type: 'swap-overdue', fingerprint: `swap-overdue:${swap.set}`, ...ofSwap(swap) } },
  ]),
  on(backupsEvents.swapEnded, ({ set }) => [{ clear: `swap-due:${set}` }, { clear: `swap-overdue:${set}` }]),
];

function ofMedium({ label, name }: { readonly label: string; readonly name: string }) {
  const subject = { kind: 'medium', id: label, name: name === '' ? label : `${name} (${label})` };
  return { subject, tags: ['backup', 'media'], page: `/backups/media/${label}` };
}

interface Swap {
  readonly set: string;
  readonly title: string;
  readonly day: string;
  readonly takeOut: string | null;
  readonly putIn: string | null;
}

function ofSwap({ set, title, day, takeOut, putIn }: Swap) {
  const words = { takeOut: [takeOut ?? word('nothing')], putIn: [putIn ?? word('nothing')] };
  return {
    subject: { kind: 'media-set', id: set, name: title },
    tags: ['backup', 'media'],
    filling: { params: { day }, words },
    page: '/backups/media/rotation',
  };
}
