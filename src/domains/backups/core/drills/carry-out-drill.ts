/** The looking itself, by kind of drill; what it found is its answer. */
import { isAbsolute } from 'node:path';

import type { Vault } from '#engines/vault';
import { KuraError } from '#kernel/errors';

import type { DrillKind, DrillResult } from '../../contract/index.ts';
import type { BackupsContext } from '../backups-context.ts';
import { toolOf } from '../engines/tool-of.ts';
import { openCopy } from '../register/open-copy.ts';
import type { Copy } from '../register/protected-job.ts';
import { isKuraSource } from '../sources/job-source.ts';
import { closeStorage, openStorageAt } from '../vaults/repository-place.ts';
import type { Verification } from '../verification/verification-record.ts';
import { verifyCopy } from '../verification/verify-copy.ts';
import { verifyJob } from '../verification/verify-job.ts';
import { compareSource } from './compare-source.ts';
import type { ContentSnapshot, CopyContent } from './copy-content.ts';
import type { DrillFacts, Finding } from './drill-record.ts';
import type { DrillWork } from './drill-work.ts';
import { openContent } from './open-content.ts';
import {
  chooseFiles,
  type RestoredContent,
  type RestoreWork,
  restoreAndCompareAll,
  restoreAndCompareSome,
} from './restore-and-compare.ts';
import { openSandbox } from './sandbox.ts';
import { tryRemoval } from './try-removal.ts';

export interface DrillOutcome {
  readonly result: Exclude<DrillResult, 'running'>;
  readonly facts: Partial<DrillFacts>;
}

const keptFindings = 50;

type Look = (context: BackupsContext, work: DrillWork, seed: string) => Promise<DrillOutcome>;

const looks: Readonly<Record<DrillKind, Look>> = {
  integrity: readEverything,
  full: restoreEverything,
  partial: restoreSample,
  comparison: compareWithSource,
  tamper: tryToRemove,
};

export async function carryOutDrill(context: BackupsContext, work: DrillWork, seed: string): Promise<DrillOutcome> {
  return await looks[work.drill.kind](context, work, seed);
}

/** Recorded as a verification, too: it is proof for the verdict. */
async function readEverything(context: BackupsContext, work: DrillWork): Promise<DrillOutcome> {
  const { verifications, skipped } = await verifyJob(context, work.actor, {
    job: work.job.key,
    copy: work.copy.name,
    kind: 'data',
    signal: work.signal,
    onProgress: (_copy, progress) => work.report(progress),
  });
  const [verification] = verifications;
  if (verification === undefined) return { result: 'interrupted', facts: { error: plain(skipped[0]?.reason) } };
  return outcomeOf(verification);
}

async function restoreEverything(context: BackupsContext, work: DrillWork): Promise<DrillOutcome> {
  const begun = context.clock.monotonic();
  let found: { readonly restored: RestoredContent; readonly snapshot: ContentSnapshot } | undefined;
  const verification = await verifyCopy(context, {
    ...work,
    kind: 'restore',
    async examine(signal) {
      await using content = await openContent(context, work.copy, signal);
      const snapshot = await content.newest(signal);
      await using sandbox = await openSandbox(context, work.drill.id, snapshot.bytes);
      const wish = restoreWork(context, work, { content, snapshot }, sandbox.folder);
      const restored = await restoreAndCompareAll({ ...wish, rehearse: rehearsalOf(context, work) });
      found = { restored, snapshot };
      const failed = failedChecks(restored);
      return {
        objects: restored.files,
        bytes: restored.bytes,
        snapshot: snapshot.id,
        errors: restored.findings.length + failed.length,
        findings: [...restored.findings, ...failed].map(logLine),
        verified: restored.matching,
      };
    },
  });
  const outcome = outcomeOf(verification);
  if (found === undefined) return outcome;
  const { restored, snapshot } = found;
  return {
    result: outcome.result,
    facts: {
      ...restoredFacts(context, restored, snapshot),
      verificationId: verification.id,
      rtoSeconds: (restored.usableAt - begun) / 1000,
    },
  };
}

async function restoreSample(context: BackupsContext, work: DrillWork, seed: string): Promise<DrillOutcome> {
  await using content = await openContent(context, work.copy, work.signal);
  const snapshot = await content.newest(work.signal);
  const sample = { count: work.options.files, seed };
  const files = await chooseFiles({ content, snapshot, signal: work.signal }, sample);
  const neededBytes = files.reduce((sum, { size }) => sum + size, 0);
  await using sandbox = await openSandbox(context, work.drill.id, neededBytes);
  const wish = restoreWork(context, work, { content, snapshot }, sandbox.folder);
  const restored = await restoreAndCompareSome(wish, files);
  // A test that looked at nothing has proved nothing.
  const findings: readonly Finding[] =
    files.length === 0 ? [{ code: 'backups.finding-nothing-tested', params: {} }] : restored.findings;
  const isSound = findings.length === 0 && failedChecks(restored).length === 0;
  const facts = { ...restoredFacts(context, { ...restored, findings }, snapshot), seed };
  return { result: isSound ? 'passed' : 'failed', facts };
}

async function compareWithSource(context: BackupsContext, work: DrillWork, seed: string): Promise<DrillOutcome> {
  const { job, signal } = work;
  requireVault(work);
  if (!isAbsolute(job.source)) {
    throw new KuraError('invalid', 'backups.comparison-needs-folder', { params: { source: job.source } });
  }
  await using content = await openContent(context, work.copy, signal);
  const snapshot = await content.newest(signal);
  const now = context.clock.now();
  const compared = await compareSource({
    content,
    snapshot: snapshot.id,
    source: job.source,
    count: work.options.files,
    seed,
    now,
    signal,
    onProgress: ({ files, bytes }) => work.report({ objects: files, bytes, totalBytes: bytes, errors: 0 }),
  });
  if (compared.files === 0) {
    throw new KuraError('unavailable', 'backups.nothing-to-compare', { params: { outdated: compared.outdated } });
  }
  return {
    result: compared.differing === 0 ? 'passed' : 'failed',
    facts: {
      ...snapshotFacts(context, snapshot),
      filesTotal: compared.files,
      filesOk: compared.files - compared.differing,
      filesFailed: compared.differing,
      bytes: compared.bytes,
      findings: compared.findings.slice(0, keptFindings),
      seed,
      notes: null,
    },
  };
}

/** What takes the times and hashes of single files, or the storage itself. */
function requireVault({ copy }: DrillWork): void {
  const engine = toolOf(copy);
  if (engine !== undefined) throw new KuraError('invalid', 'backups.drill-not-for-engine', { params: { engine } });
}

async function tryToRemove(context: BackupsContext, work: DrillWork): Promise<DrillOutcome> {
  requireVault(work);
  const { copy, drill, signal } = work;
  await using vault = await openCopy(copy, context, signal);
  requireClaim(vault, copy);
  const storage = await openStorageAt(copy.repository, context.storages);
  try {
    const checks = await tryRemoval({ vault, storage, probeId: drill.id, signal });
    const accepted = checks.filter(({ passed }) => !passed);
    const findings = accepted.map(({ check, detail }) => ({
      code: `backups.finding-removable-${check}`,
      params: { location: detail },
    }));
    const facts = {
      filesTotal: checks.length,
      filesOk: checks.length - accepted.length,
      filesFailed: accepted.length,
      findings,
      checks: [...checks],
    };
    return { result: accepted.length === 0 ? 'passed' : 'failed', facts };
  } finally {
    await closeStorage(storage);
  }
}

/** A copy that claims nothing has nothing to be held to. */
function requireClaim(vault: Vault, { repository, lockedUntil }: Copy): void {
  const isLocked = new URLSearchParams(repository.split('?')[1] ?? '').has('lock-days');
  if (vault.appendOnly || isLocked || lockedUntil !== null) return;
  throw new KuraError('invalid', 'backups.tamper-no-claim', { params: { repository } });
}

function restoreWork(
  { isolation, checkSqlite, clock }: BackupsContext,
  { options, signal, report }: DrillWork,
  from: { readonly content: CopyContent; readonly snapshot: ContentSnapshot },
  folder: string,
): RestoreWork {
  return {
    ...from,
    folder,
    checks: options.checks,
    isolation,
    checkSqlite,
    signal,
    report,
    monotonic: () => clock.monotonic(),
  };
}

/** Kura itself has come back only when it runs again. */
function rehearsalOf({ ownImage }: BackupsContext, { job }: DrillWork): RestoreWork['rehearse'] {
  return isKuraSource(job.source) ? (image, signal) => ownImage.rehearse(image, signal) : undefined;
}

function restoredFacts(context: BackupsContext, restored: RestoredContent, snapshot: ContentSnapshot) {
  const { files, bytes, differing, findings, checks } = restored;
  return {
    ...snapshotFacts(context, snapshot),
    filesTotal: files,
    filesOk: files - Math.min(differing, files),
    filesFailed: Math.min(differing, files),
    bytes,
    findings: findings.slice(0, keptFindings),
    checks: [...checks],
  };
}

function snapshotFacts({ clock }: BackupsContext, { id, at }: ContentSnapshot) {
  return { snapshot: id, snapshotAt: at, rpoSeconds: Math.max(0, (clock.now() - Date.parse(at)) / 1000) };
}

function outcomeOf(verification: Verification): DrillOutcome {
  const { result, objects, bytes, errors, findings, snapshot, error, id } = verification;
  return {
    // A verification that ended is none that runs.
    result: result === 'running' ? 'interrupted' : result,
    facts: {
      verificationId: id,
      snapshot,
      filesTotal: objects,
      filesOk: Math.max(0, objects - errors),
      filesFailed: errors,
      bytes,
      findings: findings.map((line) => ({ code: 'backups.finding-log', params: { line } })),
      error: error === null ? null : plain(error),
    },
  };
}

function failedChecks({ checks }: RestoredContent): readonly Finding[] {
  return checks
    .filter(({ passed }) => !passed)
    .map(({ check, detail }) => ({ code: 'backups.finding-check', params: { check, detail } }));
}

/** In the words of the log. */
function logLine({ code, params }: Finding): string {
  const facts = Object.entries(params).map(([name, value]) => `${name}: ${String(value)}`);
  return `${code.replace(/^backups\./, '')} (${facts.join(', ')})`;
}

function plain(reason: { readonly code: string; readonly params: object } | undefined): DrillFacts['error'] {
  if (reason === undefined) return null;
  const params = Object.fromEntries(Object.entries(reason.params).map(([name, value]) => [name, value ?? null]));
  return { code: reason.code, params };
}
