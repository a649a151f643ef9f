/** An authority, and certificates it signs, made anew for a test. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface MadeAuthority {
  readonly folder: string;
  readonly caFile: string;
  /** PEM. */
  readonly ca: string;
}

export interface MadeCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateWishes {
  /** As openssl writes them: `DNS:localhost,IP:127.0.0.1`. */
  readonly names?: string;
  /** Days from now; negative: it is over. */
  readonly endsInDays?: number;
}

export async function makeAuthority(folder: string): Promise<MadeAuthority> {
  await mkdir(folder, { recursive: true });
  const caFile = path.join(folder, 'ca.pem');
  await openssl(folder, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'], {
    subject: '/CN=Directory test authority',
    args: ['-keyout', 'ca.key', '-out', 'ca.pem', '-days', '400'],
  });
  return { folder, caFile, ca: await readFile(caFile, 'utf8') };
}

let serial = 1;

export async function makeCertificate(
  { folder }: MadeAuthority,
  { names = 'DNS:localhost,IP:127.0.0.1', endsInDays = 90 }: CertificateWishes = {},
): Promise<MadeCertificate> {
  serial += 1;
  const name = `server-${serial}`;
  await openssl(folder, ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'], {
    subject: '/CN=directory server',
    args: ['-keyout', `${name}.key`, '-out', `${name}.csr`],
  });
  await writeFile(path.join(folder, `${name}.ext`), `subjectAltName=${names}\nbasicConstraints=CA:FALSE\n`);
  const settings = ['[ca]', 'default_ca=house', '[house]', `new_certs_dir=${folder}`, `database=${name}.db`];
  settings.push(`rand_serial=yes`, 'default_md=sha256', 'policy=any', '[any]', 'commonName=supplied');
  await writeFile(path.join(folder, `${name}.cnf`), `${settings.join('\n')}\n`);
  await writeFile(path.join(folder, `${name}.db`), '');
  const end = Date.now() + endsInDays * 86_400_000;
  const dates = ['-startdate', stamp(Math.min(Date.now(), end) - 86_400_000), '-enddate', stamp(end)];
  const files = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-cert', 'ca.pem', '-keyfile', 'ca.key'];
  await run(
    'openssl',
    ['ca', '-batch', '-notext', '-config', `${name}.cnf`, '-extfile', `${name}.ext`, ...dates, ...files],
    {
      cwd: folder,
    },
  );
  return { certificate: path.join(folder, `${name}.pem`), key: path.join(folder, `${name}.key`) };
}

interface Asked {
  readonly subject: string;
  readonly args: readonly string[];
}

async function openssl(cwd: string, head: readonly string[], { subject, args }: Asked): Promise<void> {
  await run('openssl', [...head, '-subj', subject, ...args], { cwd });
}

/** `YYYYMMDDHHMMSSZ`. */
function stamp(time: number): string {
  return `${new Date(time).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}
