/** The four digits that count something: copies, families of media, off-site copies, offline copies. */
import type { CopyStanding } from './copy-standing.ts';
import type { RulePolicy } from './policy.ts';
import type { ProtectedJob, RegisteredCopy } from './register.ts';
import type { DigitName, DigitVerdict, Finding, FindingCode } from './verdict.ts';

type CountedName = Exclude<DigitName, 'errors'>;

interface Counting {
  readonly required: number;
  /** Counted without any copy: the original, where the policy says so. */
  readonly given: number;
  /** Whether the copy would add to this digit if it may be relied on. */
  readonly contributes: (standing: CopyStanding) => 'yes' | 'no' | 'unknown';
  /** What to say of a reliable copy that could contribute, but does not at the moment. */
  readonly shortfall?: (copy: RegisteredCopy) => Finding | undefined;
  /** Two copies with the same key count once. */
  readonly key: (copy: RegisteredCopy) => string;
  readonly missing: FindingCode;
  readonly add: FindingCode;
}

export function countDigits(
  job: ProtectedJob,
  standings: readonly CopyStanding[],
  policy: RulePolicy,
): Readonly<Record<CountedName, DigitVerdict>> {
  const rules = countings(job, policy);
  return {
    copies: countDigit(rules.copies, standings),
    media: countDigit(rules.media, standings),
    offsite: countDigit(rules.offsite, standings),
    offline: countDigit(rules.offline, standings),
  };
}

function countings(job: ProtectedJob, policy: RulePolicy): Readonly<Record<CountedName, Counting>> {
  const byPlace = { given: 0, key: (copy: RegisteredCopy) => copy.storage };
  return {
    copies: {
      ...byPlace,
      required: policy.minCopies,
      given: policy.productionCounts ? 1 : 0,
      contributes: () => 'yes',
      missing: 'rule32110.copies-missing',
      add: 'rule32110.remedy-add-copy',
    },
    media: {
      required: policy.minMediaFamilies,
      given: 0,
      key: ({ mediaKind: kind }) =>
        (Object.hasOwn(policy.mediaFamilies, kind) ? policy.mediaFamilies[kind] : kind) ?? kind,
      contributes: () => 'yes',
      missing: 'rule32110.media-missing',
      add: 'rule32110.remedy-add-media',
    },
    offsite: {
      ...byPlace,
      required: policy.minOffsite,
      contributes: ({ copy }) => (copy.site === job.site ? 'no' : 'yes'),
      missing: 'rule32110.offsite-missing',
      add: 'rule32110.remedy-add-offsite',
    },
    offline: {
      ...byPlace,
      required: policy.minOffline,
      contributes: ({ offline }) => offline,
      shortfall: notOffline,
      missing: 'rule32110.offline-missing',
      add: 'rule32110.remedy-add-offline',
    },
  };
}

function countDigit(counting: Counting, standings: readonly CopyStanding[]): DigitVerdict {
  const { required, given, contributes, key } = counting;
  const carrying = standings.filter((one) => one.standing === 'qualifies' && contributes(one) === 'yes');
  const possible = standings.filter((one) => one.standing !== 'excluded' && contributes(one) !== 'no');
  const found = given + distinct(carrying, key);
  const evidence = carrying.map(({ copy }) => copy.id).toSorted();
  if (found >= required) return { state: 'pass', required, found, evidence, reasons: [], remedy: null };
  const state = given + distinct(possible, key) >= required ? 'unknown' : 'fail';
  const reasons = [{ code: counting.missing, params: { required, found } }, ...obstacles(counting, standings)];
  return { state, required, found, evidence, reasons, remedy: remedyFor(counting, standings, required - found) };
}

function distinct(standings: readonly CopyStanding[], key: Counting['key']): number {
  return new Set(standings.map(({ copy }) => key(copy))).size;
}

function obstacles({ contributes, shortfall }: Counting, standings: readonly CopyStanding[]): readonly Finding[] {
  return standings.flatMap((one) => {
    const contribution = contributes(one);
    if (contribution === 'yes') return one.obstacle ?? [];
    return one.obstacle === null ? (shortfall?.(one.copy) ?? []) : [];
  });
}

function notOffline({ id, carrier, rotationIntervalMs }: RegisteredCopy): Finding | undefined {
  if (carrier === 'unknown') return { code: 'rule32110.carrier-unknown', params: { copy: id } };
  if (rotationIntervalMs === null) return undefined;
  return { code: 'rule32110.copy-not-offline', params: { copy: id, state: carrier } };
}

/** The nearest way out: a copy that only needs running, finding or unplugging before a copy that must be bought. */
function remedyFor(counting: Counting, standings: readonly CopyStanding[], missing: number): Finding {
  for (const finding of obstacles(counting, standings)) {
    const code = remedies[finding.code];
    if (code !== undefined) return { code, params: { copy: finding.params['copy'] } };
  }
  return { code: counting.add, params: { missing } };
}

const remedies: Readonly<Partial<Record<FindingCode, FindingCode>>> = {
  'rule32110.copy-never-run': 'rule32110.remedy-run',
  'rule32110.copy-failed': 'rule32110.remedy-run',
  'rule32110.copy-warned': 'rule32110.remedy-run',
  'rule32110.copy-stale': 'rule32110.remedy-run',
  'rule32110.copy-expired': 'rule32110.remedy-run',
  'rule32110.copy-future': 'rule32110.remedy-clock',
  'rule32110.copy-not-encrypted': 'rule32110.remedy-encrypt',
  'rule32110.carrier-unknown': 'rule32110.remedy-locate',
  'rule32110.copy-not-offline': 'rule32110.remedy-disconnect',
};
