/** Two encrypted vaults, a backup into both, every stored byte read again, a restore compared, and the honest verdict. */
import path from 'node:path';

import { z } from 'zod';

import type { DemoContext } from './demo-context.ts';

const reportShape = z.object({
  jobs: z.array(
    z.object({
      runs: z.array(z.object({ copy: z.string(), result: z.string(), files: z.number(), newBytes: z.number() })),
    }),
  ),
});
const verificationShape = z.object({
  copy: z.string(),
  result: z.string(),
  objects: z.number(),
  bytes: z.number(),
  errors: z.number(),
});
const verificationsShape = z.object({ jobs: z.array(z.object({ verifications: z.array(verificationShape) })) });
const digitShape = z.object({ verdict: z.string(), found: z.number(), required: z.number() });
const statusShape = z.object({
  jobs: z.array(z.object({ key: z.string(), verdict: z.string(), digits: z.record(z.string(), digitShape) })),
});

const places = [
  { folder: 'vaults/desk', site: 'home', media: 'disk' },
  { folder: 'vaults/office', site: 'office', media: 'nas' },
] as const;

export async function protectionSteps(demo: DemoContext): Promise<void> {
  await backUpStep(demo);
  await verifyStep(demo);
  await restoreStep(demo);
  await verdictStep(demo);
}

async function backUpStep({ kura, stage, home }: DemoContext): Promise<void> {
  await stage.step('back up the library into two encrypted vaults', async () => {
    for (const { folder, site, media } of places) {
      const repo = path.join(home, folder);
      await kura.document(z.unknown(), ['vault', 'init', '--repo', repo]);
      await kura.document(z.unknown(), [
        'backups',
        'add-copy',
        'library',
        '--repo',
        repo,
        '--site',
        site,
        '--media',
        media,
      ]);
    }
    const { value } = await kura.document(reportShape, ['backups', 'run', 'library']);
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
}

async function verifyStep({ kura, stage }: DemoContext): Promise<void> {
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
}

async function restoreStep({ kura, stage }: DemoContext): Promise<void> {
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
}

async function verdictStep({ kura, stage }: DemoContext): Promise<void> {
  await stage.step('the 3-2-1-1-0 verdict', async () => {
    const { value } = await kura.document(statusShape, ['backups', 'status']);
    for (const job of value.jobs) {
      const digits = Object.entries(job.digits).map(
        ([name, digit]) => `${name} ${digit.verdict} (${digit.found}/${digit.required})`,
      );
      stage.show({ what: `verdict: ${job.key}`, result: job.verdict, evidence: digits.join(', ') });
    }
  });
}

async function verified(
  kura: DemoContext['kura'],
  args: readonly string[],
): Promise<readonly z.output<typeof verificationShape>[]> {
  const { value } = await kura.document(verificationsShape, args);
  return value.jobs.flatMap((job) => job.verifications);
}
