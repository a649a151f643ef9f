/** The rules as data (P-043, M-268). A text `audit.rule.<id>` per rule says what it means. */
import { DAY, GIB, HOUR, MINUTE } from '#kernel/units';

import type { EntryView } from '../contract/entry-shapes.ts';
import type { Severity } from './detection-tables.ts';

export interface DetectionRule {
  readonly id: string;
  readonly severity: Severity;
  readonly matches: (entry: EntryView) => boolean;
  /** What entries are counted together by; one entry may count for several. */
  readonly about: (entry: EntryView) => readonly string[];
  /** How much of what in how long; without it the first entry is enough. */
  readonly threshold?: {
    readonly count: number;
    readonly withinMs: number;
    /** What an entry counts; default 1. */
    readonly weigh?: (entry: EntryView) => number;
    /** Besides, so many times the largest day of the four weeks before; without such a past nothing is unusual. */
    readonly timesUsual?: number;
  };
}

const detectionRules: readonly DetectionRule[] = [
  {
    id: 'failed-logins',
    severity: 'error',
    matches: ({ category, result }) => category === 'authentication' && result !== 'done',
    about: ({ actor, subject }) => [
      // A name that nobody has stands for no user; its address is counted all the same.
      ...(subject.kind === 'account' && subject.id !== 'unknown' ? [`user:${subject.name ?? subject.id}`] : []),
      ...(actor.from === null ? [] : [`address:${actor.from}`]),
    ],
    threshold: { count: 5, withinMs: HOUR, weigh: counted },
  },
  {
    id: 'refused-access',
    severity: 'warning',
    matches: ({ category, result }) => category === 'access' && result === 'refused',
    about: ({ actor }) => [actor.from === null ? `user:${actor.name}` : `address:${actor.from}`],
    threshold: { count: 20, withinMs: HOUR, weigh: counted },
  },
  {
    id: 'risky-login',
    severity: 'error',
    matches: (entry) => riskOf(entry) >= 80 && riskOf(entry) < 90,
    about: byActor,
  },
  {
    id: 'very-risky-login',
    severity: 'critical',
    matches: (entry) => riskOf(entry) >= 90,
    about: byActor,
  },
  {
    id: 'new-admin',
    severity: 'critical',
    matches: ({ result, before, after }) =>
      result === 'done' && after?.['role'] === 'admin' && before?.['role'] !== 'admin',
    about: bySubject,
  },
  {
    id: 'second-factor-disabled',
    severity: 'error',
    matches: ({ action, result }) =>
      result === 'done' &&
      /second-factor|two-factor|totp|passkey/.test(action) &&
      /\b(?:disable|remove|reset|delete)\b/.test(action),
    about: bySubject,
  },
  {
    id: 'mass-export',
    severity: 'error',
    matches: ({ action, result }) => result === 'done' && /\.export(?:-|$)/.test(action),
    about: byActor,
    threshold: { count: 10, withinMs: HOUR, weigh: counted },
  },
  {
    id: 'mass-delete',
    severity: 'error',
    matches: ({ action, result }) => result === 'done' && /\.(?:remove|delete)(?:-|$)/.test(action),
    about: byActor,
    threshold: { count: 20, withinMs: 10 * MINUTE, weigh: counted },
  },
  {
    id: 'danger-admitted',
    severity: 'critical',
    matches: ({ action, result, after }) =>
      result === 'done' && isPlacement(action) && (after?.['verdict'] === 'dangerous' || isBlockLifted(after)),
    about: bySubject,
  },
  {
    id: 'integrity-failed',
    severity: 'critical',
    matches: ({ action, result }) =>
      result === 'failed' && (action === 'models.verify-file' || action === 'backups.verify-copy'),
    about: bySubject,
  },
  {
    id: 'download-volume',
    severity: 'warning',
    matches: ({ action, result, after }) =>
      result === 'done' && action.startsWith('models.place-') && typeof after?.['sizeBytes'] === 'number',
    about: byActor,
    threshold: {
      count: 50 * GIB,
      withinMs: DAY,
      weigh: ({ after }) => Number(after?.['sizeBytes'] ?? 0),
      timesUsual: 3,
    },
  },
  {
    id: 'chain-broken',
    severity: 'critical',
    matches: ({ action, result }) => action === 'audit.verify' && result === 'failed',
    about: () => ['audit-log'],
  },
];

/** Whatever else is critical, so that nothing of that level passes unseen. */
const criticalEntryRule: DetectionRule = {
  id: 'critical-entry',
  severity: 'error',
  matches: ({ level }) => level === 'critical',
  about: ({ action, subject }) => [`${action}:${subject.kind}:${subject.name ?? subject.id}`],
};

export const ruleIds: readonly string[] = [...detectionRules, criticalEntryRule].map(({ id }) => id);

/** The rules an entry matches; the one for the rest only when it is the rest. What rules themselves wrote is not judged. */
export function rulesFor(entry: EntryView): readonly DetectionRule[] {
  if (entry.action === 'audit.detect') return [];
  const own = detectionRules.filter((rule) => rule.matches(entry));
  return own.length === 0 && criticalEntryRule.matches(entry) ? [criticalEntryRule] : own;
}

/** 0 to 100, as identity judged the log-in. */
function riskOf({ action, result, after }: EntryView): number {
  const risk = action.startsWith('session.') && result === 'done' ? after?.['risk'] : undefined;
  return typeof risk === 'number' ? risk : 0;
}

function byActor({ actor }: EntryView): readonly string[] {
  return [`${actor.kind}:${actor.name}`];
}

function bySubject({ subject }: EntryView): readonly string[] {
  return [`${subject.kind}:${subject.name ?? subject.id}`];
}

/** An entry may stand for many: refusals in a flood, removals at once. */
function counted({ after }: EntryView): number {
  const count = after?.['count'] ?? after?.['removed'];
  return typeof count === 'number' && count > 0 ? count : 1;
}

function isPlacement(action: string): boolean {
  return action === 'models.place-risky-file' || action === 'models.restore-quarantined';
}

function isBlockLifted(after: EntryView['after']): boolean {
  const admitted = after?.['admitted'];
  return typeof admitted === 'object' && admitted !== null && 'action' in admitted && admitted.action === 'block';
}
