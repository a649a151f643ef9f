/** Which tests run together: by what they need and how much of the machine they take. */
export interface TestGroup {
  readonly name: string;
  readonly owns: RegExp;
  /** Test files at the same time. Browser tests keep a whole browser busy, so they go one by one. */
  readonly atOnce: number;
  /** A test, or a whole file of them, that takes longer hangs and is ended. */
  readonly timeoutMs: number;
  readonly needsBrowser: boolean;
  readonly needsScanners: boolean;
  /** Needs the built web UI. */
  readonly needsWeb: boolean;
}

const MINUTE = 60_000;

export const groups: readonly TestGroup[] = [
  {
    name: 'unit',
    owns: /^(?:src|tools|bench|test\/(?:arch|stand-ins))\//,
    atOnce: 2,
    timeoutMs: 5 * MINUTE,
    needsBrowser: false,
    needsScanners: false,
    needsWeb: false,
  },
  {
    name: 'integration',
    owns: /^test\/(?:contract|integration)\//,
    atOnce: 2,
    timeoutMs: 8 * MINUTE,
    needsBrowser: false,
    needsScanners: true,
    needsWeb: false,
  },
  {
    name: 'system',
    owns: /^test\/system\//,
    atOnce: 2,
    timeoutMs: 15 * MINUTE,
    needsBrowser: false,
    needsScanners: false,
    needsWeb: true,
  },
  {
    name: 'browser',
    owns: /^(?:test\/browser|web)\//,
    atOnce: 1,
    timeoutMs: 15 * MINUTE,
    needsBrowser: true,
    needsScanners: false,
    needsWeb: true,
  },
];

export function isTestFile(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}
