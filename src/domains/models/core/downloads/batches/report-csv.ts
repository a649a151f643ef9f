import { type Cell, csvLine } from '#kernel/csv';
import type { Translator } from '#platform/i18n';
import type { BatchItem } from '../../../store/batch-item-store.ts';
import { reasonText, secondsOf } from './report-words.ts';
import type { ReportedBatch, WrittenReport } from './report-writer.ts';

const columns: ReadonlyArray<readonly [name: string, cell: (item: BatchItem, translator: Translator) => Cell]> = [
  ['Number', ({ number }) => number],
  ['Ref', ({ ref }) => ref],
  ['Status', ({ status }) => status],
  ['Was_There', ({ wasThere }) => (wasThere ? 'yes' : 'no')],
  ['Model_ID', ({ modelId }) => modelId],
  ['Version_ID', ({ versionId }) => versionId],
  ['File_ID', ({ fileId }) => fileId],
  ['Name', ({ name }) => name],
  ['Path', ({ path }) => path],
  ['Size_Bytes', ({ sizeBytes }) => sizeBytes],
  ['SHA256', ({ sha256 }) => sha256],
  ['Verdict', ({ verdict }) => verdict],
  ['Attempts', ({ attempts }) => attempts],
  ['Retries', ({ retries }) => retries],
  ['Seconds', ({ ms }) => secondsOf(ms)],
  ['Network_Bytes', ({ networkBytes }) => networkBytes],
  ['Mirror', ({ mirror }) => mirror],
  ['Reason_Code', ({ reason }) => reason?.code ?? null],
  ['Reason', ({ reason }, translator) => reasonText(reason, translator)],
];

/** One line per file; with a byte order mark, without which spreadsheets garble Japanese. */
export function reportAsCsv(_reported: ReportedBatch, translator: Translator): WrittenReport {
  return {
    head: `\uFEFF${csvLine(columns.map(([name]) => name))}`,
    line: (item) => csvLine(columns.map(([, cell]) => cell(item, translator))),
    end: '',
  };
}
