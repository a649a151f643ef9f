import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { type Instant, instant } from '#kernel/brands';
import { MINUTE } from '#kernel/units';
import { severities } from '#platform/notify/contract';

import type { Alert, AlertSignal } from './alert.ts';
import * as life from './alert-life.ts';

const times: life.EscalationTimes = { critical: [15, 60], error: [60], warning: [], info: [] };
const signal: AlertSignal = {
  type: 'backup-failed',
  fingerprint: 'backup-failed:c1',
  subject: { kind: 'job', id: 'library', name: 'Library' },
};

function at(minutes: number): Instant {
  return instant(new Date(Date.UTC(2026, 10, 1) + minutes * MINUTE));
}

function begun(): Alert {
  return life.begin(signal, { id: 'a1', at: at(0), position: 1 }).alert;
}

function stepped(step: life.Step | undefined): life.Step {
  return step ?? assert.fail('the step did not fit');
}

describe('an alert', () => {
  it('counts while it lasts, tells nobody again, and is worse after three failures in a row', () => {
    const second = stepped(life.again(begun(), signal, { at: at(1), position: 2 }));
    assert.deepEqual([second.alert.count, second.alert.severity, second.change, second.tell], [2, 'error', null, null]);
    const third = stepped(life.again(second.alert, signal, { at: at(2), position: 3 }));
    assert.deepEqual([third.alert.severity, third.change, third.tell], ['critical', 'worsened', 'raised']);
  });

  it('that got worse needs somebody anew, and counts its escalation from then on', () => {
    const { alert: taken } = stepped(life.acknowledge(begun(), { by: 'mika', at: at(1) }));
    const worse = stepped(life.again(taken, { ...signal, severity: 'critical' }, { at: at(90), position: 2 }));
    assert.deepEqual([worse.alert.state, worse.alert.acknowledged, worse.tell], ['open', null, 'raised']);
    assert.equal(life.nextLook(worse.alert, times), at(105));
  });

  it('goes a step further each time nobody took it on, and no further than there are steps', () => {
    const critical = { ...begun(), severity: 'critical' as const };
    assert.equal(life.lookAgain(critical, at(14), times), undefined);
    const first = stepped(life.lookAgain(critical, at(15), times));
    const second = stepped(life.lookAgain(first.alert, at(60), times));
    assert.deepEqual([first.alert.level, first.tell, second.alert.level], [1, 'escalated', 2]);
    assert.equal(life.lookAgain(second.alert, at(10_000), times), undefined);
  });

  it('that somebody took on does not escalate', () => {
    const { alert } = stepped(life.acknowledge(begun(), { by: 'mika', at: at(1) }));
    assert.equal(life.lookAgain(alert, at(10_000), times), undefined);
    assert.equal(life.acknowledge(alert, { by: 'ken', at: at(2) }), undefined);
  });

  it('sleeps until its time, and is told again when it wakes', () => {
    const { alert } = stepped(life.snooze(begun(), { by: 'mika', at: at(1) }, at(500)));
    assert.equal(life.lookAgain(alert, at(499), times), undefined);
    const woken = stepped(life.lookAgain(alert, at(500), times));
    assert.deepEqual([woken.change, woken.tell, woken.alert.snoozedUntil], ['woken', 'raised', null]);
    assert.equal(life.nextLook(woken.alert, times), at(560));
  });

  it('that comes back within half an hour is the same one, not told anew; later it is another', () => {
    const { alert: over, tell } = stepped(life.clear(begun(), { at: at(10), position: 2 }));
    assert.equal(tell, 'resolved');
    const back = stepped(life.again(over, signal, { at: at(39), position: 3 }));
    assert.deepEqual([back.alert.state, back.change, back.tell, back.alert.count], ['open', 'returned', null, 2]);
    assert.equal(life.again(over, signal, { at: at(40), position: 3 }), undefined);
  });
});

type Command = 'again' | 'clear' | 'acknowledge' | 'reopen' | 'snooze' | 'resolve' | 'look';
const commands = fc.record({
  command: fc.constantFrom<Command>('again', 'clear', 'acknowledge', 'reopen', 'snooze', 'resolve', 'look'),
  passes: fc.integer({ min: 0, max: 90 }),
  severity: fc.constantFrom(...severities),
});

function apply(alert: Alert, { command, severity }: { command: Command; severity: Alert['severity'] }, now: number) {
  const act = { by: 'mika', at: at(now) };
  const occurrence = { at: at(now), position: null };
  switch (command) {
    case 'again':
      return life.again(alert, { ...signal, severity }, occurrence);
    case 'clear':
      return life.clear(alert, occurrence);
    case 'look':
      return life.lookAgain(alert, at(now), times);
    case 'snooze':
      return life.snooze(alert, act, at(now + 30));
    case 'acknowledge':
      return life.acknowledge(alert, act);
    case 'reopen':
      return life.reopen(alert, act);
    default:
      return life.resolve(alert, act);
  }
}

describe('whatever happens to an alert in whichever order,', () => {
  it('it is never resolved and waiting, never taken on without a name, never milder, and never told without a cause', () => {
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (happenings) => {
        let alert = begun();
        let now = 0;
        for (const happening of happenings) {
          now += happening.passes;
          const step = apply(alert, happening, now);
          if (step === undefined) continue;
          const next = step.alert;
          assert.equal(next.state === 'resolved', next.resolved !== null);
          assert.equal(next.state === 'acknowledged' && next.acknowledged === null, false);
          assert.equal(next.state !== 'open' && next.snoozedUntil !== null, false);
          assert.equal(life.nextLook(next, times) !== undefined && next.state !== 'open', false);
          assert.ok(severities.indexOf(next.severity) >= severities.indexOf(alert.severity));
          assert.ok(next.count >= alert.count && next.lastAt >= alert.lastAt && next.firstAt === alert.firstAt);
          assert.equal(step.tell !== null && step.change === null, false);
          assert.equal(step.tell === 'resolved', next.state === 'resolved');
          alert = next;
        }
      }),
      { numRuns: 300 },
    );
  });
});
