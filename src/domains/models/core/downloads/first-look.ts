/**
 * Refuses a file that would be refused at its end anyway before it is fetched: head, tail and a few pieces between are
 * put before the scanner. A look that is not sure lets the file pass; the scan of the whole file follows in any case.
 */
import { basename } from 'node:path';

import type { FilePieces, Scanner, ScanReport } from '#engines/modelscan';
import type { TakeFirstLook } from '#engines/transfer';
import type { Clock } from '#kernel/clock';
import { KIB, MIB, SECOND } from '#kernel/units';
import { type PolicyDeps, policyOf } from '../scanning/rule-by-policy.ts';
import type { RiskTaken } from '../scanning/scan-policy.ts';
import { refusalOfReport } from './early-refusal.ts';
import { refusalOfBase } from './early-refusal-base.ts';
import type { PlannedFile } from './plan-file.ts';

/** What all pieces together may cost, head and tail included: the refusal of a file of many GB stays below 4 MiB. */
const MOST_BYTES = 3.75 * MIB;
/** A slow line is better used for the file itself. */
const MOST_MS = 5 * SECOND;
/** Grows with each piece, so that a table of a few MB takes a few requests. */
const FIRST_STEP = 128 * KIB;

export interface FirstLookDeps extends PolicyDeps {
  readonly scanner: Pick<Scanner, 'look'>;
  readonly clock: Clock;
}

/** @throws (when called) KuraError `models.first-look-dangerous`, `-invalid`, `-format`, `models.wrong-base-model`. */
export function firstLookAt(deps: FirstLookDeps, planned: PlannedFile, risk: RiskTaken): TakeFirstLook {
  return async (look, signal) => {
    if (look.totalBytes === undefined) return;
    const pieces = [{ start: 0, bytes: look.head }, ...(look.tail ? [look.tail] : [])];
    const file: FilePieces = { size: look.totalBytes, pieces };
    const names = [basename(planned.path)];
    const startedAt = deps.clock.monotonic();
    let step = FIRST_STEP;
    let report = await deps.scanner.look(file, { signal, names });
    while (!isSettled(report) && deps.clock.monotonic() - startedAt < MOST_MS) {
      const range = nextRange(report, file, step);
      if (!look.read || !range) break;
      pieces.push({ start: range.start, bytes: await look.read(range.start, range.end) });
      step *= 2;
      report = await deps.scanner.look(file, { signal, names });
    }
    const refusal =
      refusalOfReport(report, { file: planned.file, policy: policyOf(deps), risk }, look.totalBytes) ??
      (risk.acceptRisk ? undefined : refusalOfBase(report, planned));
    if (refusal !== undefined) throw refusal;
  };
}

/** Dangerous cannot get worse; anything else may still turn out dangerous. */
function isSettled({ verdict, wanted }: ScanReport): boolean {
  return wanted === undefined || verdict === 'dangerous';
}

/** What the scanner wants, with some of what follows; undefined when that is more than a look may cost. */
function nextRange({ wanted }: ScanReport, { size, pieces }: FilePieces, step: number) {
  if (wanted === undefined) return undefined;
  const left = MOST_BYTES - pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (wanted.length > left) return undefined;
  const end = Math.min(size, wanted.offset + Math.max(wanted.length, Math.min(step, left)));
  return { start: wanted.offset, end };
}
