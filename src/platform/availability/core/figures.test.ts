import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE } from '#kernel/units';

import { instantsOf, periodsOf } from './calendar.ts';
import { figuresOf, incidentsOf, type Span, timelineOf } from './figures.ts';

const start = Date.parse('2026-11-01T00:00:00Z');

function at(minute: number): number {
  return start + minute * MINUTE;
}

function span(state: Span['state'], from: number, to: number, more: Partial<Span> = {}): Span {
  const probes = state === 'ok' ? [] : ['database'];
  return {
    state,
    probes,
    detail: state === 'ok' ? null : 'gone',
    from: at(from),
    to: at(to),
    stoppedAt: null,
    ...more,
  };
}

describe('figures of availability', () => {
  it('count what was observed, and nothing for what was not', () => {
    const pieces = timelineOf([span('ok', 60, 100), span('failed', 100, 110), span('ok', 110, 160)], at(160));
    const figures = figuresOf(pieces, at(0), at(200));
    assert.deepEqual(figures, {
      upSeconds: 90 * 60,
      degradedSeconds: 0,
      downSeconds: 600,
      stoppedSeconds: 0,
      unknownSeconds: 100 * 60,
      percent: 90,
      incidents: 1,
    });
    assert.equal(figuresOf([], at(0), at(10)).percent, null);
  });

  it('tell a stop from having vanished, and both from a look that is not due yet', () => {
    const stopped = timelineOf([span('ok', 0, 10, { stoppedAt: at(10) }), span('ok', 40, 50)], at(51));
    assert.equal(figuresOf(stopped, at(0), at(51)).stoppedSeconds, 30 * 60);
    assert.deepEqual(incidentsOf(stopped, at(0), at(51)), []);
    const vanished = timelineOf([span('ok', 0, 10), span('ok', 40, 50)], at(55));
    assert.deepEqual(
      incidentsOf(vanished, at(0), at(55)).map(({ kind, seconds, until }) => [kind, seconds, until]),
      [
        ['vanished', 30 * 60, new Date(at(40)).toISOString()],
        ['vanished', 5 * 60, null],
      ],
    );
    assert.equal(figuresOf(timelineOf([span('ok', 0, 10)], at(12)), at(0), at(12)).downSeconds, 0);
  });

  it('a stop begins when it was, and what was not seen before it had vanished', () => {
    function split(stoppedAt: number): readonly number[] {
      const pieces = timelineOf([span('ok', 0, 10, { stoppedAt }), span('ok', 40, 50)], at(50));
      const { upSeconds, downSeconds, stoppedSeconds } = figuresOf(pieces, at(0), at(50));
      return [upSeconds / 60, downSeconds / 60, stoppedSeconds / 60];
    }
    assert.deepEqual(split(at(11)), [21, 0, 29], 'the next look was not due');
    assert.deepEqual(split(at(25)), [20, 15, 15], 'many looks were due');
    assert.deepEqual(split(at(5)), [20, 0, 30], 'the clock was set back');
    assert.deepEqual(split(at(60)), [20, 30, 0], 'another process looked again before this one stopped');
    const last = timelineOf([span('failed', 0, 10, { stoppedAt: at(11) })], at(60));
    assert.deepEqual(
      incidentsOf(last, at(0), at(60)).map(({ kind, seconds }) => [kind, seconds]),
      [['failed', 660]],
    );
  });

  it('one incident is what was down without a break, with all probes that failed', () => {
    const disk = { probes: ['disk'], detail: 'full' };
    const spans = [span('ok', 0, 5), span('failed', 5, 7), span('failed', 7, 9, disk), span('degraded', 9, 20)];
    const [incident, ...others] = incidentsOf(timelineOf(spans, at(20)), at(0), at(60));
    assert.deepEqual(others, []);
    assert.deepEqual([incident?.probes, incident?.detail, incident?.seconds], [['database', 'disk'], 'gone', 240]);
  });

  it('never rounds up to a target', () => {
    const pieces = timelineOf([span('failed', 0, 1), span('ok', 1, 100_000)], at(100_000));
    assert.equal(figuresOf(pieces, at(0), at(100_000)).percent, 99.999);
  });

  it('periods are days, weeks from Monday, and months of the zone, also when clocks change', () => {
    const days = { from: '2026-10-21', to: '2026-11-03' };
    assert.deepEqual(
      periodsOf(days, 'week').map(({ from, to }) => `${from} ${to}`),
      ['2026-10-21 2026-10-25', '2026-10-26 2026-11-01', '2026-11-02 2026-11-03'],
    );
    assert.equal(periodsOf(days, 'month').length, 2);
    assert.equal(periodsOf(days, 'day').length, 14);
    const { from, until } = instantsOf({ from: '2026-10-25', to: '2026-10-25' }, 'Europe/Berlin');
    assert.equal((until - from) / MINUTE, 25 * 60);
  });
});
