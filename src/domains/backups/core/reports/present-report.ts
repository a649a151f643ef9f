/** Answers in the words of whoever asks. */
import type { Translator } from '#platform/i18n';

import type { ReportAnswer, ReportDetail, UnclaimedView } from '../../contract/index.ts';
import type { FoundReport, UnclaimedGroup } from '../../store/report-store.ts';
import { tell } from '../runs/present-record.ts';
import type { AnsweredPart, AnsweredReport } from './report-runs.ts';

export function presentAnswer({ parts, ...answer }: AnsweredReport, translator: Translator): ReportAnswer {
  return { ...answer, parts: parts.map((part) => presentPart(part, translator)) };
}

function presentPart({ named, state, job, copy, runId, reason }: AnsweredPart, translator: Translator) {
  const counts = job !== null && copy !== null && runId !== null;
  return {
    copy: named,
    state,
    recordedFor: counts ? { job: job.key, copy: copy.name, runId } : null,
    reason: reason === null ? null : tell(reason, translator),
  };
}

export function presentUnclaimed(group: UnclaimedGroup, translator: Translator): UnclaimedView {
  const { reason, copy, hosts, ...rest } = group;
  return {
    ...rest,
    hosts: [...hosts],
    copy: copy === '' ? null : copy,
    reason: tell({ code: reason, params: { name: group.name, copy } }, translator),
  };
}

export function presentDetail(runId: string, { body, ...found }: FoundReport): ReportDetail {
  const { code, message, warnings, log, path, manifest } = body;
  const { receivedFrom: reportedBy, ...rest } = found;
  return { ...rest, runId, code, message, warnings, log, path, manifest, reportedBy };
}
