/** What tests need from the machine beyond npm packages, and how it gets there on a Debian machine where we are root. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../commands/run-command.ts';

export interface Service {
  readonly name: string;
  /** Debian package that brings it. */
  readonly debianPackage: string;
  readonly neededBy: string;
  /** An optional one is never installed and never fails a run; its absence is only said. */
  readonly optional: boolean;
  isPresent(): Promise<boolean>;
}

export interface ServiceReport {
  readonly missing: readonly { readonly service: Service; readonly why: string }[];
}

export interface ServiceHost {
  /** Whether this user may install packages, and if not, why. */
  refusal(): string | undefined;
  /** Installs Debian packages; returns what went wrong, if anything. */
  install(packages: readonly string[], signal: AbortSignal): Promise<string | undefined>;
}

export const browserServices: readonly Service[] = [
  {
    name: 'Chromium',
    debianPackage: 'chromium-headless-shell',
    neededBy: 'browser tests',
    optional: false,
    isPresent: async () =>
      findProgram(['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']) !== undefined,
  },
  {
    name: 'Japanese fonts',
    debianPackage: 'fonts-noto-cjk',
    neededBy: 'browser tests (Japanese text renders as boxes without)',
    optional: false,
    isPresent: async () => answers('fc-list', [':lang=ja', 'family']),
  },
];

export const torchService: Service = {
  name: 'PyTorch',
  debianPackage: 'python3-torch',
  neededBy: 'comparing scans with files that torch itself wrote',
  optional: true,
  // Debian installs torch for its own Python, which need not be the first on the PATH.
  isPresent: async () => {
    const script = ['-c', 'import torch; print(torch.__version__)'];
    return (await answers('python3', script)) || answers('/usr/bin/python3', script);
  },
};

export const clamdService: Service = {
  name: 'ClamAV',
  debianPackage: 'clamav-daemon',
  neededBy: 'integration tests with a real virus scanner',
  optional: false,
  isPresent: async () => findProgram(['clamd']) !== undefined || existsSync('/usr/sbin/clamd'),
};

export const clamscanService: Service = {
  name: 'clamscan',
  debianPackage: 'clamav',
  neededBy: 'integration tests of scanners that run isolated',
  optional: false,
  isPresent: async () => findProgram(['clamscan']) !== undefined,
};

export const ageService: Service = {
  name: 'age',
  debianPackage: 'age',
  neededBy: 'integration tests that open sealed keys with another program',
  optional: false,
  isPresent: async () => findProgram(['age']) !== undefined && findProgram(['age-keygen']) !== undefined,
};

export const bubblewrapService: Service = {
  name: 'bubblewrap',
  debianPackage: 'bubblewrap',
  neededBy: 'integration tests of isolation',
  optional: false,
  isPresent: async () => findProgram(['bwrap']) !== undefined,
};

export const directoryServices: readonly Service[] = [
  {
    name: 'OpenLDAP',
    debianPackage: 'slapd',
    neededBy: 'tests with a real directory',
    optional: false,
    isPresent: async () => findProgram(['slapd']) !== undefined || existsSync('/usr/sbin/slapd'),
  },
  {
    name: 'LDAP tools',
    debianPackage: 'ldap-utils',
    neededBy: 'tests that change a real directory',
    optional: false,
    isPresent: async () => findProgram(['ldapmodify']) !== undefined,
  },
];

export const redisService: Service = {
  name: 'Redis',
  debianPackage: 'redis-server',
  neededBy: 'integration tests of what several nodes count together',
  optional: false,
  isPresent: async () => findProgram(['redis-server']) !== undefined,
};

/** What the reader of the vault format in docs/ is run with. */
export const vaultReaderServices: readonly Service[] = ['cryptography', 'zstandard'].map((module) => ({
  name: `${module} for Python`,
  debianPackage: `python3-${module}`,
  neededBy: 'reading vault repositories without Kura',
  optional: false,
  // Debian installs it for its own Python, which need not be the first on the PATH.
  isPresent: async () =>
    existsSync('/usr/bin/python3') &&
    (await runCommand('/usr/bin/python3', ['-c', `import ${module}`], { cwd: '/' })).code === 0,
}));

export const deploymentServices: readonly Service[] = [
  {
    name: 'nginx',
    debianPackage: 'nginx-light',
    neededBy: 'the test of deploy/nginx',
    optional: false,
    isPresent: async () => findProgram(['nginx']) !== undefined || existsSync('/usr/sbin/nginx'),
  },
  {
    name: 'systemd-analyze',
    debianPackage: 'systemd',
    neededBy: 'the test of deploy/systemd',
    optional: false,
    isPresent: async () => findProgram(['systemd-analyze']) !== undefined,
  },
];

export const storageServices: readonly Service[] = [
  {
    name: 'OpenSSH server',
    debianPackage: 'openssh-server',
    neededBy: 'vault repositories over SFTP',
    optional: false,
    isPresent: async () => existsSync('/usr/sbin/sshd') && existsSync('/usr/lib/openssh/sftp-server'),
  },
  {
    name: 'rclone',
    debianPackage: 'rclone',
    neededBy: 'vault repositories behind rclone, and copies that it makes',
    optional: false,
    isPresent: async () => findProgram(['rclone']) !== undefined,
  },
  {
    name: 'restic',
    debianPackage: 'restic',
    neededBy: 'copies that restic makes',
    optional: false,
    isPresent: async () => findProgram(['restic']) !== undefined,
  },
  {
    name: 'BorgBackup',
    debianPackage: 'borgbackup',
    neededBy: 'copies that borg makes',
    optional: false,
    isPresent: async () => findProgram(['borg']) !== undefined,
  },
  {
    name: 'PostgreSQL',
    debianPackage: 'postgresql',
    neededBy: 'backups by pg_dump, which must be as new as its server',
    optional: false,
    isPresent: async () => {
      const home = '/usr/lib/postgresql';
      const versions = existsSync(home) ? readdirSync(home) : [];
      return versions.some((version) => existsSync(path.join(home, version, 'bin/postgres')));
    },
  },
];

/** Installs what is missing where that is possible; returns what is still missing, and why. */
export async function ensureServices(
  services: readonly Service[],
  host: ServiceHost,
  signal: AbortSignal,
): Promise<ServiceReport> {
  const missing = await absent(services);
  const wanted = missing.filter((service) => !service.optional);
  if (wanted.length === 0) return { missing: missing.map((service) => ({ service, why: 'it is not installed' })) };
  const why =
    host.refusal() ??
    (await host.install(
      wanted.map(({ debianPackage }) => debianPackage),
      signal,
    ));
  const still = await absent(missing);
  return { missing: still.map((service) => ({ service, why: why ?? 'it is not installed' })) };
}

export const debianHost: ServiceHost = {
  refusal() {
    if (process.getuid?.() !== 0) return 'only root may install packages';
    return findProgram(['apt-get']) === undefined ? 'this is not a Debian system' : undefined;
  },
  async install(packages, signal) {
    console.log(`     Installing ${packages.join(', ')} …`);
    const options = { cwd: '/', signal, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    const args = ['install', '--yes', '--no-install-recommends', ...packages];
    for (const step of [['update'], args]) {
      const { code, stderr } = await runCommand('apt-get', step, options);
      if (code !== 0) return `apt-get ${step[0]} failed: ${stderr.trim().split('\n').at(-1)}`;
    }
    return undefined;
  },
};

async function absent(services: readonly Service[]): Promise<readonly Service[]> {
  const present = await Promise.all(services.map((service) => service.isPresent()));
  return services.filter((_, index) => present[index] === false);
}

function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => existsSync(file));
}

async function answers(command: string, args: readonly string[]): Promise<boolean> {
  if (findProgram([command]) === undefined) return false;
  const { code, stdout } = await runCommand(command, args, { cwd: '/' });
  return code === 0 && stdout.trim() !== '';
}
