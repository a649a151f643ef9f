import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { endChild, untilListening } from '#stand-ins/child-server';
import { freePort } from '#stand-ins/free-port';

const run = promisify(execFile);
const START_MS = 30_000;
const HOME = '/usr/lib/postgresql';

export interface DebianPostgres extends AsyncDisposable {
  readonly user: string;
  readonly port: number;
  /** Runs one of the client programs against the server. */
  client(program: string, args: readonly string[]): Promise<string>;
}

/** The folder of server and client programs; undefined where not all are installed. */
export function debianPostgresPrograms(): string | undefined {
  const versions = existsSync(HOME) ? readdirSync(HOME) : [];
  const folders = versions
    .toSorted((one, other) => Number(other) - Number(one))
    .map((version) => path.join(HOME, version, 'bin'));
  return folders.find((bin) =>
    ['postgres', 'initdb', 'pg_dump', 'pg_restore'].every((name) => existsSync(path.join(bin, name))),
  );
}

export async function startDebianPostgres(): Promise<DebianPostgres> {
  const programs = debianPostgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed (Debian: postgresql)');
  const bin: string = programs;
  const folder = await mkdtemp(path.join(tmpdir(), 'kura-debian-postgres-'));
  const identity = userInfo().uid === 0 ? await serviceAccount() : undefined;
  if (identity !== undefined) await chown(folder, identity.uid, identity.gid);
  const port = await freePort();
  const data = path.join(folder, 'data');
  const user = 'shop';
  await run(path.join(bin, 'initdb'), ['-D', data, '-U', user, '-A', 'trust', '--no-sync', '-E', 'UTF8'], {
    ...identity,
    cwd: folder,
  });
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'];
  const child = spawn(path.join(bin, 'postgres'), args, { ...identity, cwd: folder, stdio: 'ignore' });
  async function end(): Promise<void> {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  }
  async function client(program: string, words: readonly string[]): Promise<string> {
    const env = { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: user, PATH: process.env['PATH'] };
    return (await run(path.join(bin, program), words, { env, maxBuffer: 2 ** 26 })).stdout;
  }
  try {
    await untilListening(child, { port, host: '127.0.0.1' }, START_MS);
    // It listens before it lets anybody in.
    for (let left = 100; left > 0 && !(await isReady(client)); left -= 1) continue;
  } catch (error) {
    await end();
    throw error;
  }
  return { user, port, client, [Symbol.asyncDispose]: end };
}

async function isReady(client: DebianPostgres['client']): Promise<boolean> {
  return await client('pg_isready', ['-t', '3']).then(
    () => true,
    () => false,
  );
}

/** PostgreSQL refuses to run as root; its package brings an account for it. */
async function serviceAccount(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  const [, uid, gid] = /^postgres:[^:]*:(\d+):(\d+):/m.exec(await readFile('/etc/passwd', 'utf8')) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}
