/** What lies in deploy/reporters: the shell reporter really runs here; PowerShell does not, so its scripts are read closely. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { heartbeatSchema, newReportSchema } from '#backups/contract';
import { createTestHome } from '../../src/domains/backups/testing/test-home.ts';
import { outlinePowershell } from './reporters/powershell-outline.ts';

const folder = fileURLToPath(new URL('../../deploy/reporters/', import.meta.url));
const windows = join(folder, 'windows');

interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

interface Receiver extends AsyncDisposable {
  readonly received: readonly Received[];
  readonly url: string;
}

async function startReceiver(status: () => number): Promise<Receiver> {
  const received: Received[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = readObject(await text(request));
    received.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
    response.writeHead(status(), { 'content-type': 'application/json' }).end('{"state":"recorded"}');
  }
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function readObject(json: string): Record<string, unknown> {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return { notJson: json };
  }
}

async function report(url: string, spool: string, args: readonly string[]): Promise<number | null> {
  const env = { PATH: process.env['PATH'], KURA_URL: url, KURA_API_KEY: 'kura_testkey', KURA_SPOOL: spool };
  const child = spawn('/bin/sh', [join(folder, 'kura-report.sh'), ...args], { env, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('kura-report.sh', () => {
  it('hands in what the contract asks for, whatever letters are in it', async () => {
    await using home = await createTestHome();
    await using receiver = await startReceiver(() => 201);
    const { received, url } = receiver;
    const message = 'a "quoted" \\ line\nand 日本語\tend';
    const facts = ['--bytes', '1234', '--started', '2026-11-22T03:00:00+09:00', '--ended', '2026-11-22T03:10:00+09:00'];
    const args = ['--job', 'web', '--run', 'r 1', '--result', 'warning', '--tool', 'restic', '--message', message];
    assert.equal(await report(url, home.at('spool'), [...args, ...facts]), 0);
    assert.equal(await report(url, home.at('spool'), ['--heartbeat', '15', '--tool', 'restic']), 0);
    const [sent, beat] = received;
    assert.deepEqual([sent?.path, sent?.authorization], ['/api/v1/backups/reports', 'Bearer kura_testkey']);
    const read = newReportSchema.parse(sent?.body);
    assert.deepEqual([read.job, read.run, read.bytes, read.message], ['web', 'r 1', 1234, message]);
    assert.deepEqual(
      [beat?.path, heartbeatSchema.parse(beat?.body).everyMinutes],
      ['/api/v1/backups/reporters/heartbeat', 15],
    );
    assert.deepEqual(await readdir(home.at('spool')), []);
  });

  it('keeps what it cannot hand in, sends it with the next one, and puts aside what is refused', async () => {
    await using home = await createTestHome();
    const spool = home.at('spool');
    await mkdir(spool);
    let status = 503;
    await using receiver = await startReceiver(() => status);
    const { received, url } = receiver;
    assert.equal(await report(url, spool, ['--job', 'web', '--run', '1', '--result', 'success']), 3);
    assert.equal((await readdir(spool)).length, 1);
    status = 201;
    assert.equal(await report(url, spool, ['--job', 'web', '--run', '2', '--result', 'success']), 0);
    assert.deepEqual(
      received.map(({ body }) => body['run']),
      ['1', '1', '2'],
    );
    assert.deepEqual(await readdir(spool), []);
    status = 409;
    assert.equal(await report(url, spool, ['--job', 'web', '--run', '2', '--result', 'failed']), 1);
    assert.equal((await readdir(join(spool, 'refused'))).length, 1);
    const nobody = 'http://127.0.0.1:9/';
    assert.equal(await report(nobody, spool, ['--job', 'web', '--run', '3', '--result', 'success']), 3);
    assert.equal(await report(url, spool, ['--job', 'web']), 2);
  });

  it('runs many at once: whole reports only, none lost, and each hears what became of its own', async () => {
    await using home = await createTestHome();
    let status = 201;
    await using receiver = await startReceiver(() => status);
    const { received, url } = receiver;
    const runs = ['1', '2', '3', '4', '5', '6'];
    async function all(result: string): Promise<ReadonlyArray<number | null>> {
      return await Promise.all(
        runs.map((run) => report(url, home.at('spool'), ['--job', 'web', '--run', run, '--result', result])),
      );
    }
    assert.deepEqual(
      await all('success'),
      runs.map(() => 0),
    );
    assert.deepEqual(await readdir(home.at('spool')), []);
    for (const { body } of received) newReportSchema.parse(body);
    assert.deepEqual([...new Set(received.map(({ body }) => String(body['run'])))].toSorted(), runs);
    status = 409;
    assert.deepEqual(
      await all('failed'),
      runs.map(() => 1),
    );
    assert.deepEqual(await readdir(home.at('spool')), ['refused']);
    assert.equal((await readdir(join(home.at('spool'), 'refused'))).length, runs.length);
  });
});

/** Of Windows, PowerShell 5.1 and the tools, by their documentation. */
const known = new Set(
  `Add-Content Add-PSSnapin Add-Type ConvertFrom-Json ConvertTo-Json Copy-Item ForEach-Object Get-AuthenticodeSignature
   Get-ChildItem Get-Content Get-Date Get-FileHash Get-Module Get-ScheduledTask Import-Module Invoke-RestMethod Join-Path
   Move-Item New-Item New-Object New-ScheduledTaskAction New-ScheduledTaskPrincipal New-ScheduledTaskSettingsSet
   New-ScheduledTaskTrigger New-TimeSpan Out-Null Read-Host Register-ScheduledTask Remove-Item Select-Object Set-Content
   Set-StrictMode Sort-Object Start-Sleep Test-Path Unregister-ScheduledTask Where-Object Write-Output
   Get-VBRBackupSession Get-VBRTaskSession Get-WBJob`.split(/\s+/),
);

describe('the PowerShell reporters', () => {
  it('are whole, call only what there is, and with parameters that there are', async () => {
    const names = (await readdir(windows)).filter((name) => /\.psm?1$/.test(name));
    assert.equal(names.length, 6);
    const texts = await Promise.all(names.map((name) => readFile(join(windows, name), 'utf8')));
    const outlines = texts.map(outlinePowershell);
    const shared = outlines[names.indexOf('Kura.Reporter.psm1')]?.functions ?? new Map<string, readonly string[]>();
    for (const [index, { faults, calls, bare, functions }] of outlines.entries()) {
      const ours = new Map([...shared, ...functions]);
      const name = names[index] ?? '';
      assert.deepEqual(faults, [], name);
      assert.doesNotMatch(bare, /\?\?|\?\.|&&|\|\|/, `${name}: operators that 5.1 does not know`);
      assert.doesNotMatch(texts[index] ?? '', /[^\n -~]/, `${name}: 5.1 reads other letters as it likes`);
      for (const call of calls) {
        assert.ok(ours.has(call.name) || known.has(call.name), `${name}: ${call.name}`);
        const own = ours.get(call.name);
        if (own === undefined) continue;
        for (const parameter of call.parameters)
          assert.ok(own.includes(parameter), `${name}: ${call.name} -${parameter}`);
      }
    }
    assert.ok(shared.get('New-KuraReport')?.includes('Bytes'), 'parameters were read');
    assert.ok(
      outlines.some(({ calls }) => calls.some(({ parameters }) => parameters.length > 1)),
      'calls were read',
    );
  });

  it('send fields that the contract has, and are given parameters that New-KuraReport has', async () => {
    const module = await readFile(join(windows, 'Kura.Reporter.psm1'), 'utf8');
    const [, head = '', rest = ''] = /\$report = \[ordered\]@\{([^}]*)\}([\s\S]*?)return \$report/.exec(module) ?? [];
    const fields = [...head.matchAll(/^\s*(\w+)\s+=/gm), ...rest.matchAll(/\$report\['(\w+)'\] =/g)].map(
      (one) => one[1] ?? '',
    );
    assert.ok(fields.length > 12);
    for (const field of fields) assert.ok(field in newReportSchema.shape, field);
    const [, beat = ''] = /\$beat = \[ordered\]@\{([^}]*)\}/.exec(module) ?? [];
    const beats = [...beat.matchAll(/^\s*(\w+)\s+=/gm)].map((one) => one[1] ?? '');
    assert.ok(beats.length > 4 && beats.every((field) => field in heartbeatSchema.shape));

    const parameters = outlinePowershell(module).functions.get('New-KuraReport') ?? [];
    for (const name of ['report-veeam.ps1', 'report-wsb.ps1', 'report-aomei.ps1']) {
      const script = await readFile(join(windows, name), 'utf8');
      const [, table = ''] = /\$report = @\{([\s\S]*?)\n {4}\}/.exec(script) ?? [];
      const given = [...table.matchAll(/^ {8}(\w+)\s+=/gm), ...script.matchAll(/\$report\['(\w+)'\]/g)].map(
        (one) => one[1] ?? '',
      );
      assert.ok(given.length >= 7, name);
      for (const one of given) assert.ok(parameters.includes(one), `${name}: ${one}`);
    }
  });

  it('have an example of their configuration with everything that they read', async () => {
    const config = JSON.parse(await readFile(join(windows, 'config.example.json'), 'utf8')) as Record<string, unknown>;
    for (const name of ['url', 'keyFile', 'spoolFolder', 'logFolder', 'veeam', 'wsb', 'aomei'])
      assert.ok(name in config);
    const aomei = config['aomei'] as Record<string, string>;
    for (const result of ['success', 'warning', 'failed']) assert.ok(aomei[result]);
    const failed = new RegExp((aomei['failed'] ?? '').replace('(?i)', ''), 'i');
    assert.ok(
      failed.test('Backup failed. Error code: 4140') && !failed.test('Finished: 0 errors') && !failed.test('エラー: 0'),
    );
  });

  it('are not called whole when they are not', () => {
    for (const broken of ["Write-Output 'a", 'if ($a) { b', 'a )', '"$(Get-Date"', '<# never']) {
      assert.notDeepEqual(outlinePowershell(broken).faults, [], broken);
    }
    const good = `function Get-Thing {\n  param([string] $Name)\n  "it's $("a")" # '\n}\nGet-Thing -Name 'x)'`;
    const { faults, functions, calls } = outlinePowershell(good);
    assert.deepEqual(
      [faults, functions.get('Get-Thing'), calls[0]],
      [[], ['Name'], { name: 'Get-Thing', parameters: ['Name'] }],
    );
  });
});
