/** What others can learn about offline media. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { mediumConditions } from '../../contract/index.ts';

const medium = { mediumId: z.string(), label: z.string(), name: z.string() };
const swap = {
  set: z.string(),
  title: z.string(),
  day: z.string(),
  takeOut: z.string().nullable(),
  /** Null when no usable medium stands at the position. */
  putIn: z.string().nullable(),
};

/** `jobs` have a copy on it that does not exist any more. */
export const mediumLost = defineEvent({
  name: 'backups.medium-lost',
  schema: z.object({ ...medium, jobs: z.array(z.string()) }),
});

/** It is in quarantine until somebody looked at it. */
export const mediumFound = defineEvent({ name: 'backups.medium-found', schema: z.object(medium) });

/** Not trusted any more. */
export const mediumDamaged = defineEvent({
  name: 'backups.medium-damaged',
  schema: z.object({ ...medium, condition: z.enum(mediumConditions), note: z.string(), jobs: z.array(z.string()) }),
});

export const mediumReleased = defineEvent({ name: 'backups.medium-released', schema: z.object(medium) });

/** Never used again: whatever was wrong with it is settled. */
export const mediumRetired = defineEvent({ name: 'backups.medium-retired', schema: z.object(medium) });

/** Told on the first, third and seventh day, then every week. */
export const loanOverdue = defineEvent({
  name: 'backups.loan-overdue',
  schema: z.object({
    ...medium,
    loanId: z.string(),
    borrower: z.string(),
    contact: z.string(),
    dueOn: z.string(),
    daysOverdue: z.number(),
  }),
});

export const loanEnded = defineEvent({
  name: 'backups.loan-ended',
  schema: z.object({ ...medium, loanId: z.string() }),
});

export const swapDue = defineEvent({ name: 'backups.swap-due', schema: z.object(swap) });

/** Told once a day. */
export const swapOverdue = defineEvent({
  name: 'backups.swap-overdue',
  schema: z.object({ ...swap, daysOverdue: z.number() }),
});

/** The right medium is in, or the next turn has come. */
export const swapEnded = defineEvent({
  name: 'backups.swap-done',
  schema: z.object({ set: z.string(), title: z.string(), day: z.string(), done: z.boolean() }),
});

export const mediaEvents = {
  mediumLost,
  mediumFound,
  mediumDamaged,
  mediumReleased,
  mediumRetired,
  loanOverdue,
  loanEnded,
  swapDue,
  swapOverdue,
  swapEnded,
} as const;
