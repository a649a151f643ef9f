import { DAY, MINUTE } from '#kernel/units';

/** The numbers of the rule and the answers to what it leaves open (spec/backups.md T-2, T-3, B-052, B-064). */
export interface RulePolicy {
  readonly minCopies: number;
  readonly minMediaFamilies: number;
  readonly minOffsite: number;
  readonly minOffline: number;
  readonly maxErrors: number;
  /** Off-site and offline copies that are recommended beyond what is required: less is said, but breaks nothing. */
  readonly advisedOffsite: number;
  readonly advisedOffline: number;
  /** `required`: a copy in the clear does not count; `advised`: it is only said. */
  readonly encryption: 'none' | 'advised' | 'required';
  /** Milliseconds for which backups have to be kept; null for no demand. */
  readonly keepMs: number | null;
  /** Whether the original itself is one of the copies of the first digit. */
  readonly productionCounts: boolean;
  /** Whether a run that ended with a warning leaves a copy one may rely on; the verdict then is a warning. */
  readonly warningQualifies: boolean;
  /** Whether an object lock is as good as being offline while it lasts. */
  readonly immutableCountsAsOffline: boolean;
  /** Media kind → family; a kind that is missing is a family of its own. */
  readonly mediaFamilies: Readonly<Record<string, string>>;
  /** A connected copy is fresh for this many expected intervals. */
  readonly freshnessFactor: number;
  /** Milliseconds a rotation may be late. */
  readonly rotationGraceMs: number;
  /** Milliseconds a reported time may lie ahead of ours; beyond, the report is not believed. */
  readonly clockToleranceMs: number;
}

export const defaultPolicy: RulePolicy = {
  minCopies: 3,
  minMediaFamilies: 2,
  minOffsite: 1,
  minOffline: 1,
  maxErrors: 0,
  advisedOffsite: 0,
  advisedOffline: 0,
  encryption: 'none',
  keepMs: null,
  productionCounts: false,
  warningQualifies: true,
  immutableCountsAsOffline: true,
  mediaFamilies: {
    disk: 'disk',
    nas: 'disk',
    'external-hdd': 'disk',
    usb: 'disk',
    cloud: 'cloud',
    'object-storage': 'cloud',
  },
  freshnessFactor: 1.5,
  rotationGraceMs: 7 * DAY,
  clockToleranceMs: 5 * MINUTE,
};
