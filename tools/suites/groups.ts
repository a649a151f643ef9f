/** Which tests run together: by what they need and how much of the machine they take. */
export interface TestGroup {
  readonly name: string;
  readonly owns: RegExp;
  /** Test files at the same time: as many as keep two cores busy, since a file now and then waits. */
  readonly atOnce: number;
  /** These begin first, longest first: a long file that begins last runs alone, and the cores idle beside it. */
  readonly long: readonly string[];
  /** As many files share a process: what they import is loaded once. One where each needs a process of its own. */
  readonly perProcess: number;
  /** A test, or a whole file of them, that takes longer hangs and is ended. */
  readonly timeoutMs: number;
  readonly needsBrowser: boolean;
  /** Many of its files want databases on a PostgreSQL: one server for all of them. */
  readonly needsPostgres: boolean;
  readonly needsScanners: boolean;
  /** Starts `bin/kura`, which is twice as quick as joined program. */
  readonly needsProgram: boolean;
  /** Needs the built web UI. */
  readonly needsWeb: boolean;
}

const MINUTE = 60_000;

/** Names of files in a folder, without `.test.ts`. */
function testsIn(folder: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${folder}/${name}.test.ts`);
}

export const groups: readonly TestGroup[] = [
  {
    name: 'unit',
    owns: /^(?:src|tools|bench|test\/(?:arch|stand-ins))\//,
    atOnce: 3,
    long: testsIn('test/arch', 'gates', 'hostile-patterns'),
    perProcess: 12,
    timeoutMs: 10 * MINUTE,
    needsBrowser: false,
    needsPostgres: true,
    needsScanners: false,
    needsProgram: false,
    needsWeb: false,
  },
  {
    name: 'integration',
    owns: /^test\/(?:contract|integration)\//,
    atOnce: 4,
    long: testsIn(
      'test/integration',
      'docs-commands',
      'docs-more-commands',
      'backups-tools',
      'identity-directory',
      'transfer-kills',
    ),
    perProcess: 3,
    timeoutMs: 12 * MINUTE,
    needsBrowser: false,
    needsPostgres: true,
    needsScanners: true,
    needsProgram: true,
    needsWeb: false,
  },
  {
    name: 'system',
    owns: /^test\/system\//,
    atOnce: 3,
    long: testsIn('test/system', 'killed-import', 'killed-backup', 'killed-download'),
    perProcess: 1,
    timeoutMs: 15 * MINUTE,
    needsBrowser: false,
    needsPostgres: true,
    needsScanners: false,
    needsProgram: true,
    needsWeb: true,
  },
  {
    name: 'browser',
    owns: /^(?:test\/browser|web)\//,
    atOnce: 3,
    long: testsIn('test/browser', 'every-page', 'accounts', 'hostile-text', 'models', 'login'),
    perProcess: 1,
    timeoutMs: 15 * MINUTE,
    needsBrowser: true,
    needsPostgres: false,
    needsScanners: false,
    needsProgram: true,
    needsWeb: true,
  },
];

export function isTestFile(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}
