import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '#kernel/clock';
import { MIB, SECOND } from '#kernel/units';

import type { SteeringDecision } from './steering/governor.ts';
import { createSteering } from './steering/steering.ts';
import { healthy } from './steering/testing/simulated-line.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { type Behaviour, startFaultServer } from './testing/fault-server.ts';

const file = randomFile(40 * MIB);
const sha256 = sha256Of(file);

/** Answers at a speed, except the one that begins with the given byte. */
function oddOneOut(start: number, odd: Behaviour): Parameters<typeof startFaultServer>[1] {
  let isMet = false;
  return ({ range }) => {
    const isOdd = range?.[0] === start && !isMet;
    isMet ||= isOdd;
    return isOdd ? odd : { bytesPerSecond: 20 * MIB };
  };
}

/** Counts answers under way and refuses those above a limit. */
function limited(most: number, seconds: number) {
  const counts = { open: 0, most: 0, refused: 0 };
  return {
    counts,
    behave: (): Behaviour => {
      if (counts.open >= most) {
        counts.refused += 1;
        return { status: 503, headers: { 'retry-after': '1' } };
      }
      counts.open += 1;
      counts.most = Math.max(counts.most, counts.open);
      setTimeout(() => {
        counts.open -= 1;
      }, seconds * SECOND);
      return { bytesPerSecond: (8 * MIB) / seconds };
    },
  };
}

/** Steers as in a process of its own on a quiet machine, whatever else runs in this one. */
function calmSteering() {
  return { ...createSteering(systemClock), vitals: () => healthy };
}

describe('connections of a download', () => {
  for (const [how, odd] of [
    ['brings 20 kB a second', { bytesPerSecond: 20_000 }],
    ['falls silent', { stallAfter: 300_000 }],
    ['never gets an answer', { delayMs: 60_000 }],
  ] as const) {
    it(`do not wait at the end for one that ${how}`, async () => {
      await using server = await startFaultServer(file, oddOneOut(8 * MIB, odd));
      await using kit = await createDownloadKit();
      const startedAt = performance.now();
      await using staged = await kit.download(`${server.origin}/file`, { connections: 4 });
      assert.equal(staged.hashes.SHA256, sha256);
      assert.ok(performance.now() - startedAt < 30 * SECOND, `${performance.now() - startedAt} ms`);
    });
  }

  it('are added while they bring more', async () => {
    await using server = await startFaultServer(file, () => ({ bytesPerSecond: 4 * MIB }));
    await using kit = await createDownloadKit();
    const decisions: SteeringDecision[] = [];
    using steering = calmSteering();
    const options = {
      mode: 'adaptive',
      connections: 8,
      onDecision: (decision: SteeringDecision) => decisions.push(decision),
    } as const;
    await using staged = await kit.download(`${server.origin}/file`, options, { steering });
    assert.equal(staged.hashes.SHA256, sha256);
    // How far it goes depends on what the machine can bring; the steps themselves are the governor's tests.
    assert.deepEqual(
      decisions.slice(0, 2).map(({ from, to, reason }) => [from, to, reason]),
      [
        [0, 1, 'start'],
        [1, 2, 'gain'],
      ],
    );
    assert.ok(decisions.some(({ to, reason }) => to >= 4 && reason === 'gain'));
    assert.ok(decisions.every(({ host }) => server.origin.endsWith(host)));
  });

  it('become fewer when the far side refuses some, and the file still arrives', async () => {
    const far = limited(2, 0.5);
    await using server = await startFaultServer(file, far.behave);
    await using kit = await createDownloadKit();
    const decisions: SteeringDecision[] = [];
    await using staged = await kit.download(`${server.origin}/file`, {
      connections: 6,
      onDecision: (decision) => decisions.push(decision),
    });
    assert.equal(staged.hashes.SHA256, sha256);
    assert.ok(decisions.some(({ reason, to }) => reason === 'refused' && to <= 2));
    assert.ok(far.counts.refused < 20, `${far.counts.refused} refusals`);
  });

  it('that are refused do not ask for the address again', async () => {
    const far = limited(3, 0.5);
    await using server = await startFaultServer(file, ({ path }) =>
      path === '/api' ? { status: 307, headers: { location: '/signed' } } : far.behave(),
    );
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/api`, { connections: 8 });
    assert.equal(staged.hashes.SHA256, sha256);
    assert.ok(far.counts.refused > 0);
    assert.equal(server.count('/api'), 1);
  });

  it('are shared by the downloads of a process', async () => {
    const far = limited(4, 0.5);
    await using server = await startFaultServer(file, far.behave);
    using steering = createSteering(systemClock);
    await using first = await createDownloadKit();
    await using second = await createDownloadKit();
    const both = await Promise.all(
      [first, second].map((kit) => kit.download(`${server.origin}/file`, { connections: 8 }, { steering })),
    );
    for (const staged of both) {
      assert.equal(staged.hashes.SHA256, sha256);
      await staged[Symbol.asyncDispose]();
    }
    // How far below the sixteen that both wish for depends on how fast a busy machine lets go of answers.
    assert.ok(steering.host(new URL(server.origin).host).ceiling < 16);
  });

  it('of a download for which there is no room wait for another one to end', async () => {
    let requests = 0;
    // On a busy machine the first may be over before the second begins.
    for (let tries = 0; tries < 5 && requests <= 4; tries += 1) requests = await requestsOfTwoWithRoomForOne();
    assert.ok(requests > 4, 'it would have given up after two refusals');
  });

  it('fail with the download when whoever is told of them fails', async () => {
    await using server = await startFaultServer(file, () => ({ bytesPerSecond: 4 * MIB }));
    await using kit = await createDownloadKit();
    using steering = calmSteering();
    const options = {
      mode: 'adaptive',
      onDecision({ reason }: SteeringDecision) {
        if (reason === 'gain') throw new Error('the log is full');
      },
    } as const;
    const download = kit.download(`${server.origin}/file`, options, { steering });
    await assert.rejects(download, /the log is full/);
  });
});

/** Both end well; @returns how often they asked */
async function requestsOfTwoWithRoomForOne(): Promise<number> {
  const small = randomFile(4 * MIB);
  let open = 0;
  await using server = await startFaultServer(small, () => {
    if (open === 1) return { status: 503 };
    open += 1;
    setTimeout(() => {
      open -= 1;
    }, 1.2 * SECOND);
    return { bytesPerSecond: 3 * MIB };
  });
  using steering = createSteering(systemClock);
  await using first = await createDownloadKit();
  await using second = await createDownloadKit();
  const retry = { attempts: 2, baseMs: 100, capMs: 200 };
  const begun = Promise.withResolvers<void>();
  const one = first.download(`${server.origin}/file`, { onDecision: () => begun.resolve() }, { steering });
  await begun.promise;
  const other = second.download(`${server.origin}/file`, { retry }, { steering });
  for (const staged of await Promise.all([one, other])) {
    assert.equal(staged.hashes.SHA256, sha256Of(small));
    await staged[Symbol.asyncDispose]();
  }
  return server.requests.length;
}
