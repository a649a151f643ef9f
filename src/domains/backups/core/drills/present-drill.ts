/** Drills in the words of the caller's language. */
import type { Translator } from '#platform/i18n';

import { type DrillDetail, type DrillView, recoveryChecks } from '../../contract/index.ts';
import { tell } from '../runs/present-record.ts';
import type { DrillWithHistory } from './drill-desk.ts';
import { type Drill, objectivesMet } from './drill-record.ts';

export function presentDrill(drill: Drill, translator: Translator): DrillView {
  const { position: _position, copyId: _copyId, runner: _runner, facts, ...view } = drill;
  const { verificationId: _verification, findings, error, ...found } = facts;
  return {
    ...view,
    ...found,
    objectivesMet: objectivesMet(facts),
    checks: found.checks.map(({ check, ...looked }) => ({ ...looked, check: nameOfCheck(check, translator) })),
    findings: findings.map((finding) => tell(finding, translator)),
    error: error === null ? null : tell(error, translator),
  };
}

/** Those that Kura makes of itself have names in both languages; others are named after a file or a program. */
function nameOfCheck(check: string, translator: Translator): string {
  return recoveryChecks.some((one) => one === check) ? translator.text(`backups.${check}`) : check;
}

export function presentDrillWithHistory(
  { drill, revisions, evidence }: DrillWithHistory,
  translator: Translator,
): DrillDetail {
  return {
    ...presentDrill(drill, translator),
    revisions: revisions.map(
      ({ document: _document, signature: _signature, publicKey: _key, ...revision }) => revision,
    ),
    evidence: [...evidence],
  };
}
