/** The report of a sweep as one HTML page: no script, nothing fetched, everything that strangers wrote escaped (M-027). */
import { escapeHtml } from '#kernel/escape-html';
import type { Translator } from '#platform/i18n';

import type { SweepCell, SweepReport } from '../../contract/index.ts';

const ROW = 22;
const LABEL = 300;
const WIDTH = 960;

export function sweepReportPage(report: SweepReport, text: Translator): string {
  const { sweep, cells, models, versions } = report;
  const title = text.text('models.sweep-report-title', { name: sweep.name });
  const facts = { done: sweep.cellsDone, cells: sweep.cells, models, versions, at: sweep.updatedAt };
  return `<!doctype html>
<html lang="${text.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text.text('models.sweep-report-summary', facts))}</p>
${chart(cells, text)}
<h2>${escapeHtml(text.text('models.sweep-report-cells'))}</h2>
${cellTable(cells, text)}
${overlapTable(report, text)}
</html>
`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:${WIDTH}px;padding:0 1rem;color:#1c1e21;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:right;padding:.25rem .5rem;border-bottom:1px solid #ddd}
th:first-child,td:first-child{text-align:left}svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:currentColor}
.new{fill:#1f5fbf}.old{fill:#a9c4ea}
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16181c}th,td{border-color:#333}.new{fill:#6ea2ef}.old{fill:#34496b}}`;

function chart(cells: readonly SweepCell[], text: Translator): string {
  const most = Math.max(1, ...cells.map((cell) => cell.versions));
  const caption = escapeHtml(text.text('models.sweep-report-chart'));
  const scale = (WIDTH - LABEL - 80) / most;
  const bars = cells.map((cell, index) => bar(cell, index * ROW, scale)).join('\n');
  return `<figure><svg viewBox="0 0 ${WIDTH} ${cells.length * ROW}" role="img" aria-label="${caption}">
${bars}
</svg><figcaption>${caption}</figcaption></figure>`;
}

function bar({ label, firstSeen, duplicates, versions }: SweepCell, y: number, scale: number): string {
  const fresh = round(firstSeen * scale);
  const again = round(duplicates * scale);
  const shown = label.length > 42 ? `${label.slice(0, 41)}…` : label;
  return `<g transform="translate(0 ${y})"><title>${escapeHtml(label)}</title><text x="0" y="15">${escapeHtml(shown)}</text>
<rect class="new" x="${LABEL}" y="3" width="${fresh}" height="${ROW - 6}"/><rect class="old" x="${LABEL + fresh}" y="3" width="${again}" height="${ROW - 6}"/>
<text x="${round(LABEL + fresh + again + 6)}" y="15">${versions}</text></g>`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

const columns = ['status', 'pages', 'fetched', 'repeated', 'models', 'versions', 'first-seen', 'duplicates'] as const;

function cellTable(cells: readonly SweepCell[], text: Translator): string {
  const head = ['cell', ...columns].map(
    (name) => `<th>${escapeHtml(text.text(`cli.models.sweep.column.${name}`))}</th>`,
  );
  const rows = cells.map((cell) => {
    const status =
      text.text(`models.sweep-status-${cell.status}`) + (cell.reason === null ? '' : `: ${cell.reason.message}`);
    const numbers = [
      cell.pages,
      cell.fetched,
      cell.repeated,
      cell.models,
      cell.versions,
      cell.firstSeen,
      cell.duplicates,
    ];
    const values = [cell.label, status, ...numbers.map((number) => text.number(number))];
    return `<tr>${values.map((value) => `<td>${escapeHtml(value)}</td>`).join('')}</tr>`;
  });
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function overlapTable({ overlaps, cells }: SweepReport, text: Translator): string {
  if (overlaps.length === 0) return '';
  const labels = new Map(cells.map(({ place, label }) => [place, label]));
  const rows = overlaps
    .slice(0, 50)
    .map(({ a, b, versions }) => [labels.get(a) ?? '', labels.get(b) ?? '', text.number(versions)])
    .map((values) => `<tr>${values.map((value) => `<td>${escapeHtml(value)}</td>`).join('')}</tr>`);
  const head = `<th colspan="2"></th><th>${escapeHtml(text.text('models.sweep-report-overlap'))}</th>`;
  return `<h2>${escapeHtml(text.text('models.sweep-report-overlaps'))}</h2>
<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}
