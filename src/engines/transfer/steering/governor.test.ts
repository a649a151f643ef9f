import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { HostState } from './host-state.ts';
import { healthy, type Line, type Simulation, simulate, simulatedClock } from './testing/simulated-line.ts';

const MB = 1e6;

function adaptive(line: Line, more: Partial<Simulation> = {}) {
  return simulate({ mode: 'adaptive', line: () => line, seconds: 30, ...more });
}

/** One line after the other, and again from the first. */
function changing(everyMs: number, ...lines: readonly Line[]): (elapsedMs: number) => Line {
  return (elapsedMs) => lines[Math.floor(elapsedMs / everyMs) % lines.length] ?? {};
}

describe('Governor', () => {
  it('doubles its connections while each brings more', () => {
    const { targets, decisions } = adaptive({ perConnection: 5 * MB });
    assert.equal(targets.at(-1), 16);
    assert.deepEqual(
      decisions.map(({ from, to, reason }) => [from, to, reason]),
      [
        [0, 1, 'start'],
        [1, 2, 'gain'],
        [2, 4, 'gain'],
        [4, 8, 'gain'],
        [8, 16, 'gain'],
      ],
    );
  });

  it('stays with one connection where one fills the line, and says so', () => {
    const { targets, decisions } = adaptive({ shared: 8 * MB }, { seconds: 10 });
    assert.equal(targets.at(-1), 1);
    const back = decisions.find(({ reason }) => reason === 'no-gain');
    assert.equal(back?.to, 1);
    assert.equal(Math.round((back?.measured.bytesPerSecond ?? 0) / MB), 8);
  });

  it('asks for no second connection where one brings what this computer can take', () => {
    const { targets, decisions } = adaptive({ perConnection: 500 * MB }, { seconds: 40 });
    assert.equal(Math.max(...targets), 1);
    assert.deepEqual(
      decisions.map(({ reason }) => reason),
      ['start'],
    );
  });

  it('keeps as many as the host lets in, and asks again ever more seldom', () => {
    const { targets, refusals } = adaptive({ perConnection: 5 * MB, serverLimit: 4 }, { seconds: 300 });
    assert.equal(targets.at(-1), 4);
    assert.ok(refusals > 1 && refusals < 20, `${refusals} refusals in five minutes`);
  });

  it('comes back within seconds to as many as the host had carried, when one refusal was an accident', () => {
    function line(elapsed: number): Line {
      return { perConnection: 5 * MB, serverLimit: elapsed >= 5000 && elapsed < 5050 ? 3 : 4 };
    }
    const { targets, refusals } = simulate({ mode: 'adaptive', line, seconds: 12 });
    assert.equal(targets[5 * 20 + 1], 3);
    assert.equal(targets[7 * 20], 4);
    // Four when eight were tried, the accident, and nothing since.
    assert.equal(refusals, 5);
  });

  it('asks seldom for as many as before where the host takes fewer from now on', () => {
    function line(elapsed: number): Line {
      return { perConnection: 5 * MB, serverLimit: elapsed < 5000 ? 4 : 3 };
    }
    const { refusals } = simulate({ mode: 'adaptive', line, seconds: 60 });
    assert.ok(refusals <= 10, `${refusals} refusals`);
  });

  it('tries no fewer where more comes than before', () => {
    const line = changing(10_000, { perConnection: 2 * MB }, { perConnection: 6 * MB });
    const { targets } = simulate({ mode: 'adaptive', line, seconds: 20 });
    assert.ok(targets.slice(5 * 20).every((target) => target === 16));
  });

  it('opens nothing more before the Retry-After has passed', () => {
    function line(elapsed: number): Line {
      return { perConnection: MB, ...(elapsed < 20_000 && { serverLimit: 2, retryAfterMs: 60_000 }) };
    }
    const { targets } = simulate({ connections: 8, line, seconds: 90 });
    assert.equal(Math.max(...targets.slice(2, 59 * 20)), 2);
    assert.ok((targets.at(-1) ?? 0) > 2);
  });

  it('looks anew when the line has changed', () => {
    const line = changing(10_000, { shared: 10 * MB }, { perConnection: 3 * MB });
    const { targets, decisions } = simulate({ mode: 'adaptive', line, seconds: 20 });
    assert.equal(targets[9 * 20], 1);
    assert.ok(decisions.some(({ reason }) => reason === 'changed'));
    assert.equal(targets.at(-1), 16);
  });

  it('notices a line that is half as fast again, and takes a restless one for no change', () => {
    const faster = changing(10_000, { shared: 12 * MB }, { shared: 18 * MB });
    const quick = simulate({ mode: 'adaptive', line: faster, seconds: 20 });
    assert.ok(quick.decisions.some(({ reason }) => reason === 'changed'));
    const restless = changing(1000, { shared: 12 * MB }, { shared: 20 * MB });
    const calm = simulate({ mode: 'adaptive', line: restless, seconds: 20 });
    assert.ok(!calm.decisions.some(({ reason }) => reason === 'changed'));
  });

  it('gives connections back where fewer do the same', () => {
    const line = changing(10_000, { perConnection: 3 * MB }, { shared: 6 * MB });
    const { targets, decisions } = simulate({ mode: 'adaptive', line, seconds: 20 });
    assert.equal(targets[9 * 20], 16);
    assert.ok(decisions.some(({ reason }) => reason === 'fewer-suffice'));
    assert.ok((targets.at(-1) ?? 16) <= 2);
  });

  it('goes up at once to a number it was given', () => {
    const { targets } = simulate({ connections: 8, line: () => ({ perConnection: MB }), seconds: 1 });
    assert.equal(targets[0], 8);
  });

  it('begins the next file with what the last one from the host has found', () => {
    const clock = simulatedClock();
    const host = new HostState('files.example', clock);
    adaptive({ perConnection: 5 * MB, shared: 20 * MB }, { host, clock, seconds: 6 });
    const { targets } = adaptive({ perConnection: 5 * MB, shared: 20 * MB }, { host, clock, seconds: 1 });
    assert.equal(targets[0], 4);
  });

  it('gives connections back while the process is short, and takes them again when it is calm', () => {
    for (const [reason, vitals] of [
      ['lag', { ...healthy, lagMs: 400 }],
      ['cpu', { ...healthy, cpuShare: 0.99 }],
      ['memory', { ...healthy, rssBytes: 2e9 }],
    ] as const) {
      const { targets, decisions } = adaptive(
        { perConnection: 5 * MB },
        { vitals: (elapsed) => (elapsed > 10_000 && elapsed < 20_000 ? vitals : healthy), seconds: 60 },
      );
      assert.ok(
        decisions.some((decision) => decision.reason === reason && decision.to < decision.from),
        reason,
      );
      assert.ok((targets[19 * 20] ?? 16) < 16, reason);
      assert.equal(targets.at(-1), 16, reason);
    }
  });

  it('adds nothing while the process is half short', () => {
    const { targets } = adaptive({ perConnection: MB }, { vitals: () => ({ ...healthy, rssBytes: 1.2e9 }) });
    assert.equal(Math.max(...targets), 1);
  });

  it('shares what a host allows among the transfers', () => {
    const clock = simulatedClock();
    const host = new HostState('files.example', clock);
    using _others = new DisposableStack();
    for (let count = 0; count < 15; count += 1) _others.use(host.enter());
    const { targets } = simulate({ connections: 16, line: () => ({}), seconds: 1, host, clock });
    assert.equal(targets[0], 4);
  });

  it('never has more than its mode, the caller and the host allow', () => {
    const lines = fc.array(
      fc.record({
        perConnection: fc.integer({ min: 50_000, max: 50 * MB }),
        shared: fc.integer({ min: 50_000, max: 500 * MB }),
        serverLimit: fc.integer({ min: 1, max: 32 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    const modes = fc.constantFrom('speed', 'adaptive', 'efficiency', 'minimal', undefined);
    const most = { speed: 16, adaptive: 16, efficiency: 4, minimal: 1 } as const;
    fc.assert(
      fc.property(lines, modes, fc.integer({ min: 1, max: 20 }), (steps, mode, connections) => {
        const line = changing(15_000, ...steps);
        const { targets, mostOpen } = simulate({ ...(mode && { mode }), connections, line, seconds: 60 });
        assert.ok(mostOpen <= Math.min(connections, mode ? most[mode] : connections));
        assert.ok(Math.min(...targets) >= 1);
      }),
      { numRuns: 60 },
    );
  });

  it('brings on a steady noisy line what the best of one, four and sixteen fixed connections bring', () => {
    const lines = fc.record({
      perConnection: fc.integer({ min: 200_000, max: 50 * MB }),
      shared: fc.integer({ min: MB, max: 400 * MB }),
      serverLimit: fc.constantFrom(1, 2, 4, 8, 64),
    });
    fc.assert(
      fc.property(lines, fc.array(fc.double({ min: 0.97, max: 1.03, noNaN: true }), { minLength: 7 }), (line, ups) => {
        const run = { line: () => line, seconds: 60, noise: (step: number) => ups[step % ups.length] ?? 1 };
        const fixed = [1, 4, 16].map((connections) => simulate({ ...run, connections }).bytes);
        const ours = simulate({ ...run, mode: 'adaptive' }).bytes;
        assert.ok(ours >= 0.85 * Math.max(...fixed), `${ours} against ${fixed.join(', ')}`);
      }),
      { numRuns: 60 },
    );
  });

  it('brings more than any fixed number on a line that changes', () => {
    const phases: readonly Line[] = [
      { perConnection: 5 * MB, serverLimit: 4 },
      { perConnection: 12 * MB },
      { shared: 20 * MB },
      { perConnection: 5 * MB, serverLimit: 4 },
      { perConnection: 12 * MB },
    ];
    const run = { line: changing(20_000, ...phases), seconds: 100 };
    const fixed = [1, 4, 16].map((connections) => simulate({ ...run, connections }).bytes);
    const ours = simulate({ ...run, mode: 'adaptive' }).bytes;
    assert.ok(ours > Math.max(...fixed), `${ours} against ${fixed.join(', ')}`);
  });
});
