/** The fourteen edge cases of spec/backups.md §1.3.1 and the definition of §1.3.2. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY, HOUR, MINUTE } from '#kernel/units';

import { evaluate } from './evaluate.ts';
import { defaultPolicy, type RulePolicy } from './policy.ts';
import type { ProtectedJob, RegisteredCopy } from './register.ts';
import { scoreOf } from './score.ts';
import { summarise } from './summarise.ts';
import { ago, cloudCopy, goodCopies, goodCopy, job, now, tapeCopy } from './testing/register-fixtures.ts';
import { digitNames, type Verdict, type VerdictStatus } from './verdict.ts';

interface Case {
  readonly title: string;
  readonly copies: readonly RegisteredCopy[];
  readonly policy?: Partial<RulePolicy>;
  readonly job?: Partial<ProtectedJob>;
  readonly status: VerdictStatus;
  /** States in the order 3-2-1-1-0: p, f or u. */
  readonly digits: string;
  /** Codes, without the prefix, that reasons and warnings must include. */
  readonly says?: readonly string[];
}

const never = { lastRun: null, lastVerification: null };
const failedRun = { result: 'failed', finishedAt: ago(HOUR) } as const;
const warnedRun = { result: 'warning', finishedAt: ago(HOUR) } as const;

function succeeded(ageMs: number): Pick<RegisteredCopy, 'lastRun'> {
  return { lastRun: { result: 'success', finishedAt: ago(ageMs) } };
}

function withTape(facts: Partial<RegisteredCopy>): readonly RegisteredCopy[] {
  return [goodCopy('disk'), cloudCopy(), tapeCopy(facts)];
}

const cases: readonly Case[] = [
  { title: '0: a full set', copies: goodCopies(), status: 'compliant', digits: 'ppppp' },
  {
    title: '1: never run',
    copies: [goodCopy('disk', never), cloudCopy(never), tapeCopy(never)],
    status: 'non_compliant',
    digits: 'ffffu',
    says: ['copies-missing', 'copy-never-run', 'nothing-verified'],
  },
  {
    title: '2: two copies 400 days old',
    copies: [goodCopy('disk', succeeded(400 * DAY)), cloudCopy(succeeded(400 * DAY)), tapeCopy(succeeded(DAY))],
    status: 'non_compliant',
    digits: 'fffpp',
    says: ['copy-stale'],
  },
  {
    title: '3a: offline 8 days old, weekly rotation',
    copies: withTape(succeeded(8 * DAY)),
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: '3b: as old as rotation and grace allow',
    copies: withTape(succeeded(14 * DAY)),
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: '3c: a millisecond older',
    copies: withTape(succeeded(14 * DAY + 1)),
    status: 'non_compliant',
    digits: 'fppfp',
    says: ['copy-stale'],
  },
  {
    title: '3d: 8 days old, daily rotation and no grace',
    copies: withTape({ ...succeeded(8 * DAY), rotationIntervalMs: DAY }),
    policy: { rotationGraceMs: 0 },
    status: 'non_compliant',
    digits: 'fppfp',
  },
  { title: '4a: secondary cloud in another region', copies: withTape({}), status: 'compliant', digits: 'ppppp' },
  {
    title: '4b: cloud at the production site',
    copies: [goodCopy('disk'), cloudCopy({ site: 'tokyo' }), tapeCopy()],
    status: 'non_compliant',
    digits: 'ppfpp',
    says: ['offsite-missing'],
  },
  {
    title: '5a: one stored tape at another site carries two digits',
    copies: [goodCopy('disk'), goodCopy('second'), tapeCopy({ site: 'osaka' })],
    status: 'compliant',
    digits: 'ppppp',
    says: ['one-copy-two-digits'],
  },
  {
    title: '5b: that tape is in the library',
    copies: [goodCopy('disk'), goodCopy('second'), tapeCopy({ site: 'osaka', carrier: 'connected' })],
    status: 'non_compliant',
    digits: 'pppfp',
    says: ['offline-missing', 'copy-not-offline'],
  },
  {
    title: '6: four good copies, the fifth failed',
    copies: [...goodCopies(), goodCopy('fourth'), goodCopy('fifth', { lastRun: failedRun })],
    status: 'warning',
    digits: 'ppppp',
    says: ['copy-failed'],
  },
  {
    title: '7a: all with warnings, warnings qualify',
    copies: goodCopies().map((copy) => Object.assign(copy, { lastRun: warnedRun })),
    status: 'warning',
    digits: 'ppppp',
    says: ['copy-warned'],
  },
  {
    title: '7b: all with warnings, warnings do not qualify',
    copies: goodCopies().map((copy) => Object.assign(copy, { lastRun: warnedRun })),
    policy: { warningQualifies: false },
    status: 'non_compliant',
    digits: 'ffffu',
  },
  {
    title: '8a: disk and two external disks are one family',
    copies: [
      goodCopy('disk'),
      goodCopy('usb1', { mediaKind: 'external-hdd', site: 'osaka' }),
      tapeCopy({ mediaKind: 'external-hdd' }),
    ],
    status: 'non_compliant',
    digits: 'pfppp',
    says: ['media-missing'],
  },
  {
    title: '8b: unless the policy tells them apart',
    copies: [
      goodCopy('disk'),
      goodCopy('usb1', { mediaKind: 'external-hdd', site: 'osaka' }),
      tapeCopy({ mediaKind: 'external-hdd' }),
    ],
    policy: { mediaFamilies: {} },
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: '9: latest verification and latest run failed',
    copies: [
      goodCopy('disk', { lastRun: failedRun, lastVerification: { passed: false, finishedAt: ago(HOUR) } }),
      cloudCopy(),
      tapeCopy(),
    ],
    status: 'non_compliant',
    digits: 'fpppf',
    says: ['verification-failed', 'copy-failed'],
  },
  {
    title: '10: two rows with the same place',
    copies: [goodCopy('disk', { storage: 'same' }), cloudCopy({ storage: 'same' }), tapeCopy()],
    status: 'non_compliant',
    digits: 'fpppp',
    says: ['same-storage'],
  },
  ...(['connected', 'on-loan', 'in-transit'] as const).map(
    (carrier): Case => ({
      title: `11: tape ${carrier} is not offline`,
      copies: withTape({ carrier }),
      status: 'non_compliant',
      digits: 'pppfp',
    }),
  ),
  ...(['lost', 'retired', 'destroyed', 'quarantine', 'disabled'] as const).map(
    (carrier): Case => ({
      title: `11: tape ${carrier} is no copy`,
      copies: withTape({ carrier }),
      status: 'non_compliant',
      digits: 'fppfp',
      says: ['copy-gone'],
    }),
  ),
  {
    title: '11: nobody knows where the tape is',
    copies: withTape({ carrier: 'unknown' }),
    status: 'unknown',
    digits: 'pppup',
    says: ['carrier-unknown'],
  },
  { title: '12: job inactive', copies: [], job: { active: false }, status: 'paused', digits: 'ffffu' },
  {
    title: '14a: a run six minutes in the future is not believed',
    copies: withTape(succeeded(-6 * MINUTE)),
    status: 'unknown',
    digits: 'uppup',
    says: ['copy-future'],
  },
  {
    title: '14b: five minutes are clock skew',
    copies: withTape(succeeded(-5 * MINUTE)),
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: '14c: a verification in the future proves nothing',
    copies: withTape({ lastVerification: { passed: true, finishedAt: ago(-6 * MINUTE) } }),
    status: 'non_compliant',
    digits: 'ppppf',
    says: ['verification-future'],
  },
  {
    title: 'definition: connected copy fresh for 1.5 intervals',
    copies: [goodCopy('disk', succeeded(36 * HOUR)), cloudCopy(), tapeCopy()],
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'definition: and no longer',
    copies: [goodCopy('disk', succeeded(36 * HOUR + 1)), cloudCopy(), tapeCopy()],
    status: 'non_compliant',
    digits: 'fpppp',
  },
  {
    title: 'definition: past retention',
    copies: withTape({ retainedUntil: now }),
    status: 'non_compliant',
    digits: 'fppfp',
    says: ['copy-expired'],
  },
  { title: 'definition: not enabled', copies: withTape({ enabled: false }), status: 'non_compliant', digits: 'fppfp' },
  {
    title: 'definition: production counts',
    copies: [cloudCopy(), tapeCopy()],
    policy: { productionCounts: true },
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'definition: immutable now is as good as offline',
    copies: [goodCopy('disk'), goodCopy('nas'), cloudCopy({ lockedUntil: ago(-1) })],
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'definition: unless the policy says otherwise',
    copies: [goodCopy('disk'), goodCopy('nas'), cloudCopy({ lockedUntil: ago(-1) })],
    policy: { immutableCountsAsOffline: false },
    status: 'non_compliant',
    digits: 'pppfp',
  },
  {
    title: 'definition: a lock that ends now is none',
    copies: [goodCopy('disk'), goodCopy('nas'), cloudCopy({ lockedUntil: now })],
    status: 'non_compliant',
    digits: 'pppfp',
  },
  {
    title: 'definition: verification on its last day',
    copies: withTape({ lastVerification: { passed: true, finishedAt: ago(30 * DAY) } }),
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'definition: verification overdue',
    copies: withTape({ lastVerification: { passed: true, finishedAt: ago(30 * DAY + 1) } }),
    status: 'non_compliant',
    digits: 'ppppf',
    says: ['verification-overdue'],
  },
  {
    title: 'definition: required and never verified',
    copies: withTape({ lastVerification: null }),
    status: 'non_compliant',
    digits: 'ppppf',
    says: ['verification-never'],
  },
  {
    title: 'definition: nothing verified is not zero errors',
    copies: goodCopies().map((copy) => Object.assign(copy, { lastVerification: null, verificationEveryMs: null })),
    status: 'unknown',
    digits: 'ppppu',
    says: ['nothing-verified'],
  },
  {
    title: 'definition: an open ticket',
    copies: goodCopies(),
    job: { openVerificationErrors: 2 },
    status: 'non_compliant',
    digits: 'ppppf',
    says: ['verification-tickets'],
  },
  {
    title: '9b: and a failed run leaves an old newest state behind',
    copies: [...goodCopies(), goodCopy('spare', { lastRun: failedRun })],
    job: { goals: { ...job.goals, pointMs: 4 * HOUR, newestPoint: ago(4 * HOUR + 1) } },
    status: 'warning',
    digits: 'ppppp',
    says: ['rpo-missed', 'copy-failed'],
  },
  {
    title: '12b: paused until later',
    copies: [],
    job: { pausedUntil: ago(-1) },
    status: 'paused',
    digits: 'ffffu',
  },
  {
    title: '12c: a pause that ends now is over',
    copies: goodCopies(),
    job: { pausedUntil: now },
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'goals: nothing to go back to',
    copies: goodCopies(),
    job: { goals: { ...job.goals, pointMs: DAY } },
    status: 'warning',
    digits: 'ppppp',
    says: ['rpo-nothing'],
  },
  {
    title: 'goals: kept',
    copies: goodCopies(),
    job: { goals: { pointMs: DAY, newestPoint: ago(DAY), timeMs: HOUR, lastRestoreMs: HOUR, keptMs: 30 * DAY } },
    policy: { keepMs: 30 * DAY },
    status: 'compliant',
    digits: 'ppppp',
  },
  {
    title: 'goals: restored too slowly, kept too briefly',
    copies: goodCopies(),
    job: { goals: { ...job.goals, timeMs: HOUR, lastRestoreMs: HOUR + 1, keptMs: 29 * DAY } },
    policy: { keepMs: 30 * DAY },
    status: 'warning',
    digits: 'ppppp',
    says: ['rto-missed', 'kept-too-briefly'],
  },
  {
    title: 'policy: encryption required',
    copies: [goodCopy('disk', { encrypted: false }), cloudCopy(), tapeCopy()],
    policy: { encryption: 'required' },
    status: 'non_compliant',
    digits: 'fpppp',
    says: ['copy-not-encrypted'],
  },
  {
    title: 'policy: what is recommended breaks nothing',
    copies: [goodCopy('disk', { encrypted: false }), goodCopy('nas'), tapeCopy({ carrier: 'connected' })],
    policy: { minOffsite: 0, minOffline: 0, advisedOffsite: 1, advisedOffline: 1, encryption: 'advised' },
    status: 'compliant',
    digits: 'ppppp',
    says: ['offsite-advised', 'offline-advised', 'encryption-advised'],
  },
  {
    title: 'reported: what nobody here has verified is not zero errors',
    copies: withTape({ reported: true, lastVerification: null }),
    status: 'non_compliant',
    digits: 'ppppf',
    says: ['verification-only-told'],
  },
];

function judge({ copies, policy, job: facts }: Pick<Case, 'copies' | 'policy' | 'job'>): Verdict {
  return evaluate({ job: { ...job, ...facts }, copies, policy: { ...defaultPolicy, ...policy }, now });
}

function codes({ digits, warnings }: Verdict): readonly string[] {
  const reasons = digitNames.flatMap((name) => digits[name].reasons);
  return [...reasons, ...warnings].map(({ code }) => code.replace('rule32110.', ''));
}

describe('evaluate', () => {
  for (const one of cases) {
    it(`judges ${one.title}: ${one.status}`, () => {
      const verdict = judge(one);
      assert.equal(digitNames.map((name) => verdict.digits[name].state.charAt(0)).join(''), one.digits);
      assert.equal(verdict.status, one.status);
      for (const code of one.says ?? [])
        assert.ok(codes(verdict).includes(code), `${code} in ${codes(verdict).join(', ')}`);
    });
  }

  it('gives a reason and a remedy for every digit that does not pass, and only for those', () => {
    for (const one of cases) {
      for (const digit of Object.values(judge(one).digits)) {
        assert.equal(digit.reasons.length > 0, digit.state !== 'pass', one.title);
        assert.equal(digit.remedy !== null, digit.state !== 'pass', one.title);
      }
    }
  });

  it('names the copies each digit rests on and how many were found', () => {
    const { digits, productionCounted } = judge({ copies: [goodCopy('usb', { mediaKind: 'usb' }), ...goodCopies()] });
    assert.deepEqual(digits.copies, {
      state: 'pass',
      required: 3,
      found: 4,
      evidence: ['cloud', 'disk', 'tape', 'usb'],
      reasons: [],
      remedy: null,
    });
    assert.equal(digits.media.found, 3);
    assert.deepEqual(digits.offsite.evidence, ['cloud']);
    assert.deepEqual(digits.offline.evidence, ['tape']);
    assert.equal(productionCounted, false);
  });

  it('says the age in hours', () => {
    const { digits } = judge({ copies: withTape(succeeded(15 * DAY)) });
    assert.deepEqual(digits.offline.reasons[1]?.params, { copy: 'tape', ageHours: 360, limitHours: 336 });
  });

  it('proposes the nearest way out', () => {
    const remedies: ReadonlyArray<
      readonly [copies: readonly RegisteredCopy[], digit: keyof Verdict['digits'], remedy: string]
    > = [
      [withTape({ lastRun: failedRun }), 'offline', 'remedy-run'],
      [withTape({ carrier: 'connected' }), 'offline', 'remedy-disconnect'],
      [withTape({ carrier: 'unknown' }), 'offline', 'remedy-locate'],
      [withTape(succeeded(-HOUR)), 'offline', 'remedy-clock'],
      [[goodCopy('disk'), cloudCopy()], 'offline', 'remedy-add-offline'],
      [[goodCopy('disk'), tapeCopy()], 'offsite', 'remedy-add-offsite'],
      [[goodCopy('disk'), cloudCopy()], 'copies', 'remedy-add-copy'],
      [[goodCopy('disk')], 'media', 'remedy-add-media'],
      [withTape({ lastVerification: null }), 'errors', 'remedy-verify'],
      [withTape({ lastVerification: { passed: false, finishedAt: ago(DAY) } }), 'errors', 'remedy-repair'],
    ];
    for (const [copies, digit, remedy] of remedies) {
      assert.equal(judge({ copies }).digits[digit].remedy?.code, `rule32110.${remedy}`);
    }
  });

  it('knows when a good verdict ends', () => {
    // The tape lasts until 14 days, the disk until 36 hours after its run two hours ago.
    assert.equal(judge({ copies: goodCopies() }).validUntil, ago(2 * HOUR - 36 * HOUR - 1));
  });

  it('never ends while paused or when nothing can change by itself', () => {
    assert.equal(judge({ copies: goodCopies(), job: { active: false } }).validUntil, null);
    assert.equal(judge({ copies: [] }).validUntil, null);
  });
});

describe('scoreOf', () => {
  it('is all for a full set and falls with what is missing', () => {
    assert.equal(scoreOf(judge({ copies: goodCopies() })), 100);
    const one = scoreOf(judge({ copies: [goodCopy('disk')] }));
    const none = scoreOf(judge({ copies: [] }));
    assert.ok(one < 100 && one > none, `${one} ${none}`);
  });
});

describe('summarise', () => {
  it('has no rate without jobs (13) and none when all are paused (12)', () => {
    assert.equal(summarise([]).ratePercent, null);
    const paused = summarise([judge({ copies: [], job: { active: false } })]);
    assert.equal(paused.ratePercent, null);
    assert.deepEqual([paused.total, paused.byStatus.paused, paused.digits.copies.fail], [1, 1, 0]);
  });

  it('counts current states: a warning is not compliant, unknown is not dropped', () => {
    const good = judge({ copies: goodCopies() });
    const warned = judge({ copies: [...goodCopies(), goodCopy('extra', never)] });
    const unknown = judge({ copies: withTape({ carrier: 'unknown' }) });
    const summary = summarise([good, warned, unknown]);
    assert.equal(summary.ratePercent, 33.33);
    assert.deepEqual(summary.byStatus, { compliant: 1, warning: 1, non_compliant: 0, unknown: 1, paused: 0 });
    assert.deepEqual(summary.digits.offline, { pass: 2, fail: 0, unknown: 1 });
    assert.equal(summary.validUntil, good.validUntil);
  });
});
