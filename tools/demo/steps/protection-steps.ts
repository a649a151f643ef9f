/** Two encrypted vaults, a backup into both, every stored byte read again, a restore compared, and the honest verdict. */
import path from 'node:path';

import type { DemoContext } from './demo-context.ts';

interface Run {
  readonly copy: string;
  readonly result: string;
  readonly files: number;
  readonly newBytes: number;
}

interface Verification {
  readonly copy: string;
  readonly result: string;
  readonly objects: number;
  readonly bytes: number;
  readonly errors: number;
}

interface RunReport {
  readonly jobs: readonly { readonly runs: readonly Run[] }[];
}

interface VerificationReport {
  readonly jobs: readonly { readonly verifications: readonly Verification[] }[];
}

interface Status {
  readonly jobs: readonly {
    readonly key: string;
    readonly verdict: string;
    readonly digits: Readonly<
      Record<string, { readonly verdict: string; readonly found: number; readonly required: number }>
    >;
  }[];
}

const places = [
  { folder: 'vaults/desk', site: 'home', media: 'disk' },
  { folder: 'vaults/office', site: 'office', media: 'nas' },
] as const;

export async function protectionSteps({ kura, stage, home }: DemoContext): Promise<void> {
  await stage.step('back up the library into two encrypted vaults', async () => {
    for (const { folder, site, media } of places) {
      const repo = path.join(home, folder);
      await kura.document(['vault', 'init', '--repo', repo]);
      await kura.document(['backups', 'add-copy', 'library', '--repo', repo, '--site', site, '--media', media]);
    }
    const { value } = await kura.document<RunReport>(['backups', 'run', 'library']);
    const runs = value.jobs.flatMap((job) => job.runs);
    stage.check(
      'both vaults hold a complete backup',
      runs.length === 2 && runs.every((run) => run.result === 'success'),
    );
    for (const run of runs) {
      stage.show({
        what: `backup → ${run.copy}`,
        result: run.result,
        evidence: `${run.files} files, ${run.newBytes} B stored`,
      });
    }
  });
  await stage.step('read every stored byte of both vaults', async () => {
    const verifications = await verified(kura, ['backups', 'verify', 'library', '--read-data']);
    stage.check(
      'both vaults were verified by reading',
      verifications.length === 2 && verifications.every((one) => one.result === 'passed'),
    );
    for (const one of verifications) {
      stage.show({
        what: `verify → ${one.copy}`,
        result: one.result,
        evidence: `${one.objects} objects, ${one.bytes} B read, ${one.errors} errors`,
      });
    }
  });
  await stage.step('restore into an empty place and compare every file', async () => {
    const verifications = await verified(kura, ['backups', 'restore-test', 'library']);
    stage.check(
      'the restore is identical',
      verifications.length === 2 && verifications.every((one) => one.result === 'passed'),
    );
    for (const one of verifications) {
      stage.show({
        what: `restore test ← ${one.copy}`,
        result: one.result,
        evidence: `${one.objects} files, ${one.bytes} B compared`,
      });
    }
  });
  await stage.step('the 3-2-1-1-0 verdict', async () => {
    const { value } = await kura.document<Status>(['backups', 'status']);
    for (const job of value.jobs) {
      const digits = Object.entries(job.digits).map(
        ([name, digit]) => `${name} ${digit.verdict} (${digit.found}/${digit.required})`,
      );
      stage.show({ what: `verdict: ${job.key}`, result: job.verdict, evidence: digits.join(', ') });
    }
  });
}

async function verified(kura: DemoContext['kura'], args: readonly string[]): Promise<readonly Verification[]> {
  const { value } = await kura.document<VerificationReport>(args);
  return value.jobs.flatMap((job) => job.verifications);
}
