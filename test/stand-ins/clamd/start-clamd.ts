import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { endChild, untilListening } from '#stand-ins/child-server';

import { testVirus } from './test-virus.ts';

export interface ClamdServer extends AsyncDisposable {
  /** Path of its Unix socket. */
  readonly address: string;
  /** What it calls the test virus. */
  readonly signature: string;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

const SIGNATURE = 'Kura.Test.EICAR';
const START_MS = 20_000;

/** Where clamd is installed; undefined where it is not. */
export function clamdProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => path.join(folder, 'clamd')).find((file) => existsSync(file));
}

/** In a temporary folder; `settings` are lines of clamd.conf. Disposing ends it and removes the folder. */
export async function startClamd(settings: readonly string[] = []): Promise<ClamdServer> {
  const program = clamdProgram();
  if (program === undefined) throw new Error('clamd is not installed (Debian: clamav-daemon)');
  const folder = await mkdtemp(path.join(tmpdir(), 'kura-clamd-'));
  const address = path.join(folder, 'socket');
  const signatures = path.join(folder, 'signatures');
  await mkdir(signatures);
  await writeFile(path.join(signatures, 'local.ndb'), `${SIGNATURE}:0:*:${Buffer.from(testVirus()).toString('hex')}\n`);
  const configuration = path.join(folder, 'clamd.conf');
  const lines = [
    'Foreground yes',
    `LocalSocket ${address}`,
    `DatabaseDirectory ${signatures}`,
    `TemporaryDirectory ${folder}`,
    // A test changes no signatures; looking for new ones would wake the process for nothing.
    'SelfCheck 0',
    'MaxThreads 4',
    ...settings,
  ];
  await writeFile(configuration, `${lines.join('\n')}\n`);
  const log: string[] = [];
  const child = spawn(program, ['--config-file', configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => log.push(part.toString()));
  async function end(): Promise<void> {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await untilListening(child, { path: address }, START_MS);
  } catch (error) {
    await end();
    throw new Error(`clamd did not start: ${log.join('').slice(-2000)}`, { cause: error });
  }
  return { address, signature: `${SIGNATURE}.UNOFFICIAL`, kill: () => endChild(child), [Symbol.asyncDispose]: end };
}
