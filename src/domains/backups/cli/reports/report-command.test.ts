import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { implement, type RouteHandler } from '#platform/http';

import * as contract from '../../contract/index.ts';
import { runCommand } from '../../testing/command-runner.ts';
import { reportCommand } from './report-command.ts';

interface Desk extends AsyncDisposable {
  /** What a server was told. */
  readonly told: contract.NewReport[];
  /** Undefined: it takes what it is told. */
  failure: KuraError | undefined;
  readonly spool: string;
  run(...argv: string[]): ReturnType<typeof runCommand>;
}

async function openDesk(): Promise<Desk> {
  const spool = await mkdtemp(join(tmpdir(), 'kura-report-'));
  const told: contract.NewReport[] = [];
  function take(report: contract.NewReport): contract.ReportAnswer {
    if (desk.failure !== undefined) throw desk.failure;
    told.push(report);
    const state = report.job === 'nobody' ? 'unclaimed' : 'recorded';
    return { job: report.job, run: report.run, state, parts: [] };
  }
  const handlers: readonly RouteHandler[] = [
    implement(contract.reportRun, async ({ body }) => take(body)),
    implement(contract.reportRuns, async ({ body }) => ({
      items: body.reports.map((report) => take(contract.newReportSchema.parse(report))),
    })),
  ];
  const commands = [
    reportCommand({
      environment: { PATH: '/usr/bin:/bin', KURA_API_KEY: 'kura_secret', OWN: 'yes' },
      spoolFolder: () => spool,
      folder: () => spool,
      now: () => Date.parse('2026-11-22T00:00:00Z'),
    }),
  ];
  const desk: Desk = {
    told,
    failure: undefined,
    spool,
    run: (...argv) => runCommand(commands, ['backups', 'report', ...argv, '--json'], { handlers }),
    [Symbol.asyncDispose]: () => rm(spool, { recursive: true, force: true }),
  };
  return desk;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map(({ name }) => name);
}

const told = ['--job', 'web', '--run', 'r1', '--result', 'success'] as const;
const server = ['--server', 'http://kura.example:1'] as const;

describe('kura backups report', () => {
  it('tells what it is told, and says by its exit code whether somebody has to look', async () => {
    await using desk = await openDesk();
    const { code } = await desk.run(
      ...told,
      '--tool',
      'restic',
      '--bytes',
      '5',
      '--ended',
      '2026-11-21T03:00:00+09:00',
    );
    assert.equal(code, 0);
    const { bytes, tool, startedAt, result } = desk.told[0] ?? {};
    assert.deepEqual([bytes, tool, startedAt, result], [5, 'restic', '2026-11-21T03:00:00+09:00', 'success']);
    assert.equal((await desk.run('--job', 'nobody', '--run', '1', '--result', 'failed')).code, 3);
    assert.equal((await desk.run('--job', 'web', '--result', 'failed')).code, 2);
    assert.equal((await desk.run('--job', 'web', '--run', '1', '--result', 'fine')).code, 2);
  });

  it('runs a command, measures it and tells how it ended by the rules of its tool', async () => {
    await using desk = await openDesk();
    const script = 'echo started; echo "one file is locked" >&2; echo "$OWN ${KURA_API_KEY-none}"; exit 3';
    const asRestic = await desk.run('--job', 'web', '--tool', 'restic', '--', '/bin/sh', '-c', script);
    assert.equal(asRestic.code, 3);
    const [first] = desk.told;
    assert.deepEqual([first?.result, first?.code], ['warning', 'exit 3']);
    assert.match(first?.log ?? '', /yes none/, 'its environment, without what opens Kura');
    assert.match(first?.log ?? '', /one file is locked/);
    assert.equal((await desk.run('--job', 'web', '--', '/bin/sh', '-c', 'exit 3')).code, 1);
    assert.equal((await desk.run('--job', 'web', '--warn-exit-codes', '3,24', '--', 'sh', '-c', 'exit 24')).code, 3);
    assert.equal((await desk.run('--job', 'web', '--', 'true')).code, 0);
    assert.deepEqual(
      desk.told.map(({ result }) => result),
      ['warning', 'failed', 'warning', 'success'],
    );
    assert.equal((await desk.run('--job', 'web', '--', 'no-such-program')).code, 1);
    assert.equal(desk.told.length, 4, 'what never ran is not told');
  });

  it('keeps what a server could not take and sends it with the next one', async () => {
    await using desk = await openDesk();
    desk.failure = new KuraError('unavailable', 'backups.copy-unreachable', { params: { copy: 'x', repository: 'y' } });
    const kept = await desk.run(...told, ...server);
    assert.deepEqual([kept.code, kept.events[0]?.['state'], kept.events[0]?.['waiting']], [3, 'kept', 1]);
    assert.doesNotMatch(kept.stderr, /backups\.copy-unreachable/, 'words, not a code');
    await desk.run(...told, ...server);
    assert.equal((await filesIn(desk.spool)).length, 1, 'the same report is kept once');
    const wrapped = await desk.run('--job', 'web', '--run', 'w', ...server, '--', 'true');
    assert.equal(wrapped.code, 0, 'the backup itself is fine');
    desk.failure = undefined;
    assert.equal((await desk.run('--job', 'web', '--run', 'r2', '--result', 'success', ...server)).code, 0);
    assert.deepEqual(desk.told.map(({ run }) => run).toSorted(), ['r1', 'r2', 'w']);
    assert.deepEqual(await filesIn(desk.spool), []);
    // A report that another program has just sent is gone when it is read.
    await symlink('gone', join(desk.spool, encodeURIComponent(server[1]), '20261122-gone.json'));
    const flushed = await desk.run('--flush', ...server);
    assert.deepEqual(flushed.events[0], { sent: 0, refused: 0 });
  });

  it('is done when its own report was taken, whatever becomes of those that were kept before', async () => {
    await using desk = await openDesk();
    desk.failure = new KuraError('unavailable', 'backups.copy-unreachable', { params: { copy: 'x', repository: 'y' } });
    await desk.run(...told, ...server);
    desk.failure = undefined;
    const [kept = ''] = await readdir(desk.spool, { recursive: true }).then((all) =>
      all.filter((name) => name.endsWith('.json')),
    );
    await writeFile(join(desk.spool, kept), 'torn');
    const { code, events, stderr } = await desk.run('--job', 'web', '--run', 'r2', '--result', 'success', ...server);
    assert.deepEqual([code, events.length, events[0]?.['state']], [0, 1, 'recorded']);
    assert.match(stderr, /could not be sent: The kept report .* cannot be read/);
    assert.doesNotMatch(stderr, /backups\./, 'words, not a code');
    assert.equal((await filesIn(desk.spool)).length, 1, 'nothing was lost');
  });

  it('keeps nothing that was refused for what it says', async () => {
    await using desk = await openDesk();
    desk.failure = new KuraError('conflict', 'backups.report-conflict', { params: { job: 'web', run: 'r1' } });
    const refused = await desk.run(...told, ...server);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /reported before/);
    assert.deepEqual(await filesIn(desk.spool), []);
  });
});
