import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { endChild, untilListening } from '#stand-ins/child-server';
import { freePort } from '#stand-ins/free-port';

import type { MadeCertificate } from './certificates.ts';

const run = promisify(execFile);
const START_MS = 30_000;

export const suffix = 'dc=example,dc=org';
export const rootDn = `cn=root,${suffix}`;
export const rootPassword = 'root of the test directory';

export interface SlapdOptions {
  /** LDIF below `dc=example,dc=org`, whose own entry is made. */
  readonly ldif: string;
  readonly certificate?: MadeCertificate;
  /** The authority, for the other way round; slapd wants it. */
  readonly caFile?: string;
  /** Further lines for the database. */
  readonly settings?: readonly string[];
}

export interface SlapdServer extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  /** LDIF with changes, made as the directory's own root. */
  modify(ldif: string): Promise<void>;
  /** As a crash would. */
  kill(): Promise<void>;
  /** Stands still and keeps its doors open, until it goes on. */
  pause(): void;
  goOn(): void;
}

/** Where slapd is installed; undefined where it is not. */
export function slapdProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => path.join(folder, 'slapd')).find((file) => existsSync(file));
}

/** A real slapd in a temporary folder, on ports of 127.0.0.1. */
export async function startSlapd(options: SlapdOptions): Promise<SlapdServer> {
  const program = slapdProgram();
  if (program === undefined) throw new Error('slapd is not installed (Debian: slapd, ldap-utils)');
  const folder = await mkdtemp(path.join(tmpdir(), 'kura-slapd-'));
  await mkdir(path.join(folder, 'data'));
  const configuration = path.join(folder, 'slapd.conf');
  await writeFile(configuration, configurationOf(folder, options));
  const entries = path.join(folder, 'entries.ldif');
  const top = `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n\n`;
  await writeFile(entries, top + options.ldif);
  await run(program, ['-T', 'add', '-f', configuration, '-l', entries, '-q'], { maxBuffer: 2 ** 26 });

  const [port, tlsPort] = [await freePort(), await freePort()];
  const urls = `ldap://127.0.0.1:${port}${options.certificate === undefined ? '' : ` ldaps://127.0.0.1:${tlsPort}`}`;
  const log: string[] = [];
  const child = spawn(program, ['-d', '0', '-f', configuration, '-h', urls], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => log.push(part.toString()));
  async function end(): Promise<void> {
    await endChild(child);
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await untilListening(child, { port, host: '127.0.0.1' }, START_MS);
  } catch (error) {
    await end();
    throw new Error(`slapd did not start: ${log.join('').slice(-2000)}`, { cause: error });
  }
  return {
    port,
    tlsPort,
    async modify(ldif) {
      const file = path.join(folder, 'change.ldif');
      await writeFile(file, ldif);
      const url = `ldap://127.0.0.1:${port}`;
      await run('ldapmodify', ['-x', '-H', url, '-D', rootDn, '-w', rootPassword, '-f', file]);
    },
    kill: () => endChild(child),
    pause: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: end,
  };
}

function configurationOf(folder: string, { certificate, caFile, settings = [] }: SlapdOptions): string {
  const schemas = ['core', 'cosine', 'inetorgperson', 'nis', 'msuser'];
  return [
    ...schemas.map((name) => `include /etc/ldap/schema/${name}.schema`),
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'moduleload ppolicy',
    `pidfile ${folder}/pid`,
    ...(certificate === undefined
      ? []
      : [`TLSCertificateFile ${certificate.certificate}`, `TLSCertificateKeyFile ${certificate.key}`]),
    ...(caFile === undefined ? [] : [`TLSCACertificateFile ${caFile}`]),
    'sizelimit unlimited',
    'database mdb',
    'maxsize 1073741824',
    `suffix "${suffix}"`,
    `rootdn "${rootDn}"`,
    `rootpw "${rootPassword}"`,
    `directory ${folder}/data`,
    'index objectClass,uid,member,entryUUID eq',
    'overlay ppolicy',
    ...settings,
    '',
  ].join('\n');
}
