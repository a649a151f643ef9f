/** One page that needs nothing else: no scripts, no pictures, no network. */
import { escapeHtml } from '#kernel/escape-html';
import type { Translator } from '#platform/i18n';

import { type BatchTally, batchItemStatuses } from '../../../contract/batch-shapes.ts';
import type { BatchItem } from '../../../store/batch-item-store.ts';
import { originText, reasonText, secondsOf } from './report-words.ts';
import type { ReportedBatch, WrittenReport } from './report-writer.ts';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
td.number { text-align: end; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; }
tr.failed td:nth-child(2), tr.quarantined td:nth-child(2) { font-weight: 600; }
`;

export function reportAsHtml(reported: ReportedBatch, translator: Translator): WrittenReport {
  return {
    head: headOf(reported, translator),
    line: (item) => `${rowOf(item, translator)}\n`,
    end: `</tbody>
</table>
</body>
</html>
`,
  };
}

function headOf(reported: ReportedBatch, translator: Translator): string {
  const { language, text } = translator;
  const title = text('models.report.title', { name: reported.batch.name });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<dl>
${factsOf(reported, translator)
  .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
  .join('\n')}
</dl>
<table>
<thead><tr>${columnsOf(translator)
    .map((name) => `<th scope="col">${escapeHtml(name)}</th>`)
    .join('')}</tr></thead>
<tbody>
`;
}

function factsOf(
  { batch, ms }: ReportedBatch,
  translator: Translator,
): ReadonlyArray<readonly [name: string, value: string]> {
  const { text, bytes, number, time } = translator;
  const { tally, startedAt, endedAt } = batch;
  const facts: (readonly [string, string])[] = [
    ['status', text(`models.report.status.${batch.status}`)],
    ['reason', reasonText(batch.reason, translator)],
    ['origin', originText(batch, translator)],
    ['files', countsOf(tally, translator)],
    ['bytes', `${bytes(tally.doneBytes)} / ${bytes(tally.totalBytes)}`],
    ['network', bytes(tally.networkBytes)],
    ['retries', number(tally.retries)],
    ['seconds', number(secondsOf(ms) ?? 0)],
    ['by', batch.actor.name],
    ['created', time(batch.createdAt)],
    ['started', startedAt === null ? '' : time(startedAt)],
    ['ended', endedAt === null ? '' : time(endedAt)],
  ];
  return facts.filter(([, value]) => value !== '').map(([name, value]) => [text(`models.report.${name}`), value]);
}

function countsOf(tally: BatchTally, { text, number }: Translator): string {
  const counts = batchItemStatuses
    .filter((status) => tally[status] > 0)
    .map((status) => `${text(`models.report.item.${status}`)} ${number(tally[status])}`);
  return [number(tally.files), ...counts].join(' · ');
}

function columnsOf({ text }: Translator): readonly string[] {
  return ['number', 'status', 'name', 'size', 'attempts', 'seconds', 'network', 'reason'].map((name) =>
    text(`models.report.${name}`),
  );
}

/** Why it is not there, or that it came from somewhere else than usual. */
function remarkOn({ reason, mirror }: BatchItem, translator: Translator): string {
  const from = mirror === null ? '' : translator.text('models.from-mirror', { mirror });
  return [reasonText(reason, translator), from].filter((text) => text !== '').join(' ');
}

function rowOf(item: BatchItem, translator: Translator): string {
  const { text, bytes, number } = translator;
  const status = item.wasThere ? 'was-there' : item.status;
  const cells: readonly (readonly [className: string, text: string])[] = [
    ['number', number(item.number)],
    ['', text(`models.report.item.${status}`)],
    ['', item.name ?? item.ref],
    ['number', item.sizeBytes === null ? '' : bytes(item.sizeBytes)],
    ['number', number(item.attempts)],
    ['number', item.ms === null ? '' : number(secondsOf(item.ms) ?? 0)],
    ['number', bytes(item.networkBytes)],
    ['', remarkOn(item, translator)],
  ];
  return `<tr class="${item.status}">${cells
    .map(([name, value]) => `<td${name === '' ? '' : ` class="${name}"`}>${escapeHtml(value)}</td>`)
    .join('')}</tr>`;
}
