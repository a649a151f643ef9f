/** What should be said although it breaks no digit. */
import type { CopyStanding } from './copy-standing.ts';
import type { RulePolicy } from './policy.ts';
import type { DigitName, DigitVerdict, Warning } from './verdict.ts';

export function warningsOf(
  standings: readonly CopyStanding[],
  { digits, policy }: { readonly digits: Readonly<Record<DigitName, DigitVerdict>>; readonly policy: RulePolicy },
): readonly Warning[] {
  return [
    ...copyWarnings(standings),
    ...sameStorage(standings),
    ...sharedDigits(digits),
    ...advice(digits, policy),
    ...inTheClear(standings, policy),
  ];
}

/** What is recommended is said when it is missing; the rule stands without it. */
function advice(
  { offsite, offline }: Readonly<Record<DigitName, DigitVerdict>>,
  { advisedOffsite, advisedOffline }: RulePolicy,
): readonly Warning[] {
  const said: Warning[] = [];
  if (offsite.found < advisedOffsite) {
    const params = { found: offsite.found, advised: advisedOffsite };
    said.push({ code: 'rule32110.offsite-advised', params, severity: 'notice' });
  }
  if (offline.found < advisedOffline) {
    const params = { found: offline.found, advised: advisedOffline };
    said.push({ code: 'rule32110.offline-advised', params, severity: 'notice' });
  }
  return said;
}

function inTheClear(standings: readonly CopyStanding[], { encryption }: RulePolicy): readonly Warning[] {
  if (encryption !== 'advised') return [];
  return standings.flatMap(({ copy, standing }) =>
    standing === 'qualifies' && !copy.encrypted
      ? [{ code: 'rule32110.encryption-advised' as const, params: { copy: copy.id }, severity: 'notice' as const }]
      : [],
  );
}

/** A medium that was retired or destroyed was so on purpose; any other copy that does not count is a surprise. */
function copyWarnings(standings: readonly CopyStanding[]): readonly Warning[] {
  return standings.flatMap(({ copy, obstacle }) => {
    if (copy.carrier === 'retired' || copy.carrier === 'destroyed') return [];
    if (obstacle !== null) return [{ ...obstacle, severity: 'warning' as const }];
    if (copy.lastRun?.result !== 'warning') return [];
    return [{ code: 'rule32110.copy-warned' as const, params: { copy: copy.id }, severity: 'warning' as const }];
  });
}

function sameStorage(standings: readonly CopyStanding[]): readonly Warning[] {
  const places = Map.groupBy(standings, ({ copy }) => copy.storage);
  return [...places.values()].flatMap((together) => {
    if (together.length < 2) return [];
    const copies = together.map(({ copy }) => copy.id).join(', ');
    return [{ code: 'rule32110.same-storage' as const, params: { copies }, severity: 'notice' as const }];
  });
}

/** One copy may carry two digits, but people should know that its loss costs both (spec/backups.md T-5). */
function sharedDigits({ offsite, offline }: Readonly<Record<DigitName, DigitVerdict>>): readonly Warning[] {
  const [copy] = offsite.evidence;
  const shared = offsite.evidence.length === 1 && offline.evidence.length === 1 && offline.evidence[0] === copy;
  return shared ? [{ code: 'rule32110.one-copy-two-digits', params: { copy }, severity: 'notice' }] : [];
}
