import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { endChild, untilListening } from '#stand-ins/child-server';
import { freePort } from '#stand-ins/free-port';

const run = promisify(execFile);
const START_MS = 20_000;
const SFTP_SERVER = '/usr/lib/openssh/sftp-server';

export interface SshdServer extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  /** `SHA256:…` */
  readonly hostKey: string;
  /** For what is written over it; gone with the server. */
  readonly folder: string;
}

export interface SshdOptions {
  /** Refuses every change. */
  readonly readOnly?: boolean;
}

/** Where it is installed; undefined where it is not. */
export function sshdProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.map((folder) => path.join(folder, 'sshd')).find((file) => existsSync(file));
  return existsSync(SFTP_SERVER) ? found : undefined;
}

export async function startSshd({ readOnly = false }: SshdOptions = {}): Promise<SshdServer> {
  const program = sshdProgram();
  if (program === undefined) throw new Error('sshd is not installed (Debian: openssh-server)');
  const folder = await mkdtemp(path.join(tmpdir(), 'kura-sshd-'));
  // sshd wants this folder before it gives up its rights.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  for (const name of ['host', 'login']) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(folder, name)]);
  }
  await copyFile(path.join(folder, 'login.pub'), path.join(folder, 'authorized'));
  await mkdir(path.join(folder, 'data'));
  const port = await freePort();
  const configuration = path.join(folder, 'sshd_config');
  await writeFile(configuration, configurationOf(folder, port, readOnly));
  const log: string[] = [];
  const child = spawn(program, ['-D', '-e', '-f', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (part: Buffer) => log.push(part.toString()));
  async function end(): Promise<void> {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await untilListening(child, { port, host: '127.0.0.1' }, START_MS);
  } catch (error) {
    await end();
    throw new Error(`sshd did not start: ${log.join('').slice(-2000)}`, { cause: error });
  }
  const [, key = ''] = (await readFile(path.join(folder, 'host.pub'), 'utf8')).split(' ');
  return {
    port,
    user: userInfo().username,
    privateKey: await readFile(path.join(folder, 'login'), 'utf8'),
    hostKey: `SHA256:${createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64').replace(/=+$/, '')}`,
    folder: path.join(folder, 'data'),
    [Symbol.asyncDispose]: end,
  };
}

function configurationOf(folder: string, port: number, readOnly: boolean): string {
  return [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${folder}/host`,
    'PidFile none',
    `AuthorizedKeysFile ${folder}/authorized`,
    // The folder above belongs to everybody.
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    // Many connections at once are what is tested.
    'MaxStartups 100',
    `Subsystem sftp ${SFTP_SERVER}${readOnly ? ' -R' : ''}`,
    '',
  ].join('\n');
}
