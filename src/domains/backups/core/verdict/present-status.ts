/** Verdicts in the words of the caller's language. */
import { type DigitName, type Finding, summarise, type Verdict } from '#engines/rule32110';
import type { Translator } from '#platform/i18n';

import type { CopyStatus, DigitView, JobStatusView, StatusView, Told } from '../../contract/index.ts';
import { presentRun, presentVerification, tell } from '../runs/present-record.ts';
import type { Assessment } from './assess.ts';
import type { CopyFacts } from './job-facts.ts';

const worstFirst = ['non_compliant', 'unknown', 'warning', 'compliant', 'paused'] as const;

export function presentStatus(assessments: readonly Assessment[], now: string, translator: Translator): StatusView {
  const { total, byStatus, ratePercent, digits } = summarise(assessments.map(({ verdict }) => verdict));
  return {
    evaluatedAt: now,
    summary: { total, byStatus, ratePercent, digits },
    jobs: assessments.toSorted(byUrgency).map((assessment) => presentJobStatus(assessment, translator)),
  };
}

export function presentJobStatus(assessment: Assessment, translator: Translator): JobStatusView {
  const { facts, verdict, digitsValidUntil } = assessment;
  function digit(name: DigitName): DigitView {
    return presentDigit(verdict, name, digitsValidUntil[name], translator);
  }
  return {
    key: facts.job.key,
    title: facts.job.title,
    source: facts.job.source,
    verdict: verdict.status,
    validUntil: verdict.validUntil,
    evaluatedAt: verdict.evaluatedAt,
    productionCounted: verdict.productionCounted,
    digits: {
      copies: digit('copies'),
      media: digit('media'),
      offsite: digit('offsite'),
      offline: digit('offline'),
      errors: digit('errors'),
    },
    warnings: verdict.warnings.map(({ severity, ...warning }) => ({ ...said(warning, translator), severity })),
    copies: facts.copies.map((copy) => presentCopy(copy, assessment, translator)),
  };
}

function presentDigit(
  { digits }: Verdict,
  name: DigitName,
  validUntil: string | null,
  translator: Translator,
): DigitView {
  const { state, required, found, evidence, reasons, remedy } = digits[name];
  return {
    verdict: state,
    required,
    found,
    evidence: [...evidence],
    validUntil,
    reasons: reasons.map((reason) => said(reason, translator)),
    remedy: remedy === null ? null : said(remedy, translator),
  };
}

function presentCopy(
  facts: CopyFacts,
  { carriers, observations, facts: { missed } }: Assessment,
  translator: Translator,
): CopyStatus {
  const { copy, medium, lastRun, lastGoodRun, lastVerification } = facts;
  return {
    ...copy,
    reachable: observations.has(copy.id),
    carrier: carriers.get(copy.id) ?? 'unknown',
    medium: medium === null ? null : { label: medium.label, stage: medium.stage, place: medium.place },
    missedSince: missed.get(copy.id) ?? null,
    lastRun: lastRun === null ? null : presentRun(lastRun, translator),
    lastGoodRun: lastGoodRun === null ? null : presentRun(lastGoodRun, translator),
    lastVerification: lastVerification === null ? null : presentVerification(lastVerification, translator),
  };
}

/** States of media inside a finding are words of this domain. */
function said(finding: Finding, translator: Translator): Told {
  const { state } = finding.params;
  const told = tell(finding, translator);
  if (typeof state !== 'string' || !translator.has(`backups.state-${state}`)) return told;
  const params = { ...finding.params, state: translator.text(`backups.state-${state}`) };
  return { ...told, text: translator.text(finding.code, params) };
}

function byUrgency(one: Assessment, other: Assessment): number {
  return (
    worstFirst.indexOf(one.verdict.status) - worstFirst.indexOf(other.verdict.status) ||
    (one.facts.job.key < other.facts.job.key ? -1 : 1)
  );
}
