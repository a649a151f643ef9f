/** Closed doors: what people are told, and how often the site is asked. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';

import { MINUTE } from '#kernel/units';
import { modelsCommands } from '#models';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';
import { never } from '../../src/domains/models/testing/model-bench.ts';
import { refOf } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;

before(async () => {
  simulator = await startCivitaiSimulator();
});

after(async () => simulator[Symbol.asyncDispose]());

/** Requests that the site counts against the account. */
function downloadsAsked(): number {
  return simulator.requests.filter(({ route }) => route === 'download').length;
}

/** What a signed-in reader without rights is told, and after how many requests for the file. */
const doors: Readonly<Partial<Record<KnownRole, readonly [string, number]>>> = {
  earlyAccess: ['civitai.early-access', 1],
  permanentlyPaid: ['civitai.paid-access', 1],
  grantRequired: ['civitai.not-entitled', 1],
  archived: ['civitai.archived', 0],
  downloadsDisabled: ['civitai.download-disabled', 0],
  unpublished: ['civitai.not-found', 0],
};
const doorRoles = Object.keys(doors) as KnownRole[];

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  for (const role of doorRoles) {
    it(`says at once what is the matter with ${role}`, async () => {
      await using bench = await openOver(databases, simulator);
      const [item] = await bench.get([refOf(simulator, role)]);
      assert.deepEqual([item?.reason?.code, downloadsAsked()], doors[role]);
      assert.deepEqual(await bench.libraryFiles(), []);
    });
  }

  it('tells until when early access lasts, before anything is asked of the download, when nobody is signed in', async () => {
    await using bench = await openOver(databases, simulator, { token: '' });
    const { items } = await bench.models.plan(
      { refs: [refOf(simulator, 'earlyAccess'), refOf(simulator, 'permanentlyPaid')], acceptRisk: false },
      never,
    );
    const errors = items.map((item) => ('error' in item ? item.error : undefined));
    assert.deepEqual(
      errors.map((error) => error?.code),
      ['civitai.early-access', 'civitai.paid-access'],
    );
    assert.ok(Date.parse(String(errors[0]?.params['deadline'])) > Date.now());
    const [item] = await bench.get([refOf(simulator, 'earlyAccess')]);
    assert.deepEqual([item?.status, item?.reason?.code, downloadsAsked()], ['failed', 'civitai.early-access', 0]);
  });

  it('lets those through who bought it', async () => {
    await using bench = await openOver(databases, simulator, { token: 'simulator-patron-token' });
    const items = await bench.get([
      refOf(simulator, 'earlyAccess'),
      refOf(simulator, 'permanentlyPaid'),
      refOf(simulator, 'grantRequired'),
    ]);
    assert.deepEqual(
      items.map(({ status }) => status),
      ['placed', 'placed', 'placed'],
    );
  });

  it('asks for a token once where one is needed', async () => {
    await using bench = await openOver(databases, simulator, { token: '' });
    const [item] = await bench.get([refOf(simulator, 'loginRequired')]);
    assert.deepEqual([item?.reason?.code, downloadsAsked()], ['civitai.token-needed', 1]);
  });

  const answers: readonly (readonly [number, string])[] = [
    [401, 'civitai.token-needed'],
    [403, 'civitai.not-entitled'],
    [410, 'civitai.archived'],
    [451, 'civitai.region-blocked'],
  ];
  for (const [status, code] of answers) {
    it(`believes a ${status} of the download the first time`, async () => {
      await using bench = await openOver(databases, simulator);
      simulator.faults.set({ route: 'download', status });
      const [item] = await bench.get([refOf(simulator, 'lora')]);
      assert.deepEqual([item?.reason?.code, downloadsAsked()], [code, 1]);
    });
  }

  it('asks again when the storage cannot find a file for the moment, and not without end', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', status: 404, noStore: true, times: 2 });
    const [passing] = await bench.get([refOf(simulator, 'lora')]);
    assert.deepEqual([passing?.status, downloadsAsked()], ['placed', 3]);

    simulator.faults.set({ route: 'download', status: 404, noStore: true });
    simulator.clearRequests();
    const [lasting] = await bench.get([refOf(simulator, 'gguf')]);
    assert.equal(lasting?.reason?.code, 'civitai.not-found');
    assert.ok(downloadsAsked() <= 2 * 3, 'three times each by number and by the address that the site sent');
  });

  it('marks in a plan what is gated, and what nobody can have', async () => {
    await using bench = await openOver(databases, simulator);
    const argv = [
      'models',
      'get',
      refOf(simulator, 'earlyAccess'),
      refOf(simulator, 'archived'),
      refOf(simulator, 'lora'),
      '--dry-run',
      '--json',
    ];
    const plan = await runCommand(modelsCommands, argv, { open: async () => bench.models });
    const last = plan.events.at(-1) as { readonly items: readonly { status: string; reason?: { code: string } }[] };
    assert.deepEqual(
      last.items.map(({ status, reason }) => [status, reason?.code]),
      [
        ['planned', 'civitai.early-access'],
        ['failed', 'civitai.archived'],
        ['planned', undefined],
      ],
    );
    assert.equal(downloadsAsked(), 0);
  });

  it('stops all downloads when the account has downloaded too much, after one request', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', status: 429 });
    const items = [];
    for (const role of ['lora', 'gguf', 'vae', 'embedding'] as const)
      items.push(...(await bench.get([refOf(simulator, role)])));
    assert.deepEqual(
      items.map(({ reason }) => reason?.code),
      Array.from({ length: 4 }, () => 'civitai.download-quota'),
    );
    assert.equal(downloadsAsked(), 1);
    const { retryAfterMs = 0 } = items.at(-1)?.error ?? {};
    assert.ok(retryAfterMs > 14 * MINUTE && retryAfterMs <= 15 * MINUTE, String(retryAfterMs));
  });

  it('sits out a pause the site asks for once, for all files together', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', status: 429, retryAfter: 1, times: 2 });
    const items = await bench.get([
      refOf(simulator, 'lora'),
      refOf(simulator, 'gguf'),
      refOf(simulator, 'vae'),
      refOf(simulator, 'embedding'),
    ]);
    assert.deepEqual(
      items.map(({ status }) => status),
      ['placed', 'placed', 'placed', 'placed'],
    );
    assert.ok(downloadsAsked() <= 6, String(downloadsAsked()));
  });
});
