/** What runs and verifications came to: lines for people, exit codes for scripts. */
import { exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { RunReport, RunView, SkippedCopy, VerificationReport, VerificationView } from '../contract/index.ts';

export function runExitCode(reports: readonly RunReport[]): number {
  const runs = reports.flatMap((report) => report.runs);
  if (!runs.some(({ result }) => result === 'success' || result === 'partial')) return exitCodes.failed;
  return runs.every(({ result }) => result === 'success') ? exitCodes.done : exitCodes.partlyDone;
}

/** A medium that is away on purpose proves nothing, so it keeps the whole from counting as done. */
export function verificationExitCode(reports: readonly VerificationReport[]): number {
  const verifications = reports.flatMap((report) => report.verifications);
  if (verifications.some(({ result }) => result === 'failed')) return exitCodes.mismatch;
  const passed = verifications.filter(({ result }) => result === 'passed');
  if (passed.length === 0) return exitCodes.failed;
  return passed.length === verifications.length && reports.every(({ skipped }) => skipped.length === 0)
    ? exitCodes.done
    : exitCodes.partlyDone;
}

export function renderRuns(reports: readonly RunReport[], translator: Translator): string {
  return reports
    .flatMap(({ job, runs, skipped }) => [
      ...runs.map((run) => renderRun(run, translator)),
      ...skipped.map((one) => renderSkipped(job, one)),
    ])
    .join('\n');
}

export function renderVerifications(reports: readonly VerificationReport[], translator: Translator): string {
  return reports
    .flatMap(({ job, verifications, skipped }) => [
      ...verifications.map((one) => renderVerification(one, translator)),
      ...skipped.map((one) => renderSkipped(job, one)),
    ])
    .join('\n');
}

export function renderRun(run: RunView, translator: Translator): string {
  const sentence = translator.text(`backups.run-${run.result}`, {
    snapshot: shortId(run.snapshot),
    files: translator.number(run.files),
    bytes: translator.bytes(run.bytes),
    newBytes: translator.bytes(run.newBytes),
    problems: translator.number(run.problems),
  });
  return `${markOf(run.result)} ${run.job}/${run.copy}: ${sentence}${because(run)}`;
}

export function renderVerification(verification: VerificationView, translator: Translator): string {
  const { job, copy, kind, result } = verification;
  const sentence = translator.text(`backups.verification-${result}`, {
    kind: translator.text(`backups.kind-${kind}`),
    objects: translator.number(verification.objects),
    bytes: translator.bytes(verification.bytes),
    errors: translator.number(verification.errors),
  });
  const findings = verification.findings.map((finding) => `\n    ${finding}`).join('');
  return `${markOf(result)} ${job}/${copy}: ${sentence}${because(verification)}${findings}`;
}

/** Hashes are long; names that a tool gave are told as they are. */
function shortId(snapshot: string | null): string | undefined {
  return snapshot === null || !/^[0-9a-f]{16,}$/.test(snapshot) ? (snapshot ?? undefined) : snapshot.slice(0, 12);
}

function renderSkipped(job: string, { copy, reason }: SkippedCopy): string {
  return `– ${job}/${copy}: ${reason.text}`;
}

function because({ error }: RunView | VerificationView): string {
  return error === null ? '' : ` ${error.text}`;
}

function markOf(result: RunView['result'] | VerificationView['result']): string {
  if (result === 'success' || result === 'passed') return '✔';
  return result === 'failed' ? '✖' : '⚠';
}
