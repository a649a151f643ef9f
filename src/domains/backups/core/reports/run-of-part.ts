/** A report of one copy as a run of it. */
import type { ReportResult, RunResult } from '../../contract/index.ts';
import type { EndedRun } from '../../store/reported-run-store.ts';
import type { Copy } from '../register/protected-job.ts';
import type { ReportedPart } from './report-part.ts';

/** A warning is no success: something may be missing, as in a run of ours that could not read some files. */
const results: Readonly<Record<ReportResult, RunResult>> = { success: 'success', warning: 'partial', failed: 'failed' };

export function runOfPart(part: ReportedPart, { copy }: { readonly copy: Copy }, id: string): EndedRun {
  const { tool, result, startedAt, endedAt, host, body } = part;
  const why = [body.code, body.message ?? body.warnings[0]].filter((word) => word !== null && word !== undefined);
  const params = { tool, reason: why.join(': ').slice(0, 500) };
  return {
    id,
    copyId: copy.id,
    runner: `report:${host ?? tool}`,
    result: results[result],
    startedAt,
    endedAt,
    files: body.files ?? 0,
    bytes: body.bytes ?? 0,
    newBytes: body.newBytes ?? 0,
    problems: body.warnings.length,
    error: result === 'success' ? null : { code: `backups.report-${result}`, params },
  };
}
