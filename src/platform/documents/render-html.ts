/** One page that needs nothing else: no scripts, no pictures, no network. */
import { escapeHtml } from '#kernel/escape-html';
import {
  type PrintedBars,
  type PrintedBlock,
  type PrintedCell,
  type PrintedDocument,
  type PrintedSection,
  type PrintedTable,
  textOf,
} from './printed-document.ts';

const style = `
:root { color-scheme: light dark; font: 15px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
header p, .source, .left-out { color: #777; font-size: .87rem; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; }
caption { text-align: start; font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #8886; overflow-wrap: anywhere; }
.end { text-align: end; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; }
rect { fill: #3a7bd5; } svg text { fill: currentColor; font-size: 12px; }
@media print { body { margin: 0; max-width: none; } section { break-inside: avoid-page; } }
`;

export function renderHtml(document: PrintedDocument): string {
  const { language, title, period, made, sections, words } = document;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(`${title} – ${period}`)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(period)}<br>${escapeHtml(made)}</p>
</header>
<nav aria-label="${escapeHtml(words.contents)}"><ol>
${sections.map((section, index) => `<li><a href="#s${index}">${escapeHtml(section.title)}</a></li>`).join('\n')}
</ol></nav>
${sections.map(sectionHtml).join('\n')}
</body>
</html>
`;
}

function sectionHtml({ title, blocks }: PrintedSection, index: number): string {
  return `<section id="s${index}">
<h2>${escapeHtml(title)}</h2>
${blocks.map(blockHtml).join('\n')}
</section>`;
}

function blockHtml(block: PrintedBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'source':
      return `<p class="source">${escapeHtml(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${cellHtml(value)}</dd>`).join('\n')}</dl>`;
    case 'table':
      return tableHtml(block);
    default:
      return barsHtml(block);
  }
}

function tableHtml({ title, columns, rows, leftOut }: PrintedTable): string {
  const ends = columns.map(({ align }) => (align === 'end' ? ' class="end"' : ''));
  const head = columns
    .map((column, index) => `<th scope="col"${ends[index]}>${escapeHtml(column.title)}</th>`)
    .join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((cell, index) => `<td${ends[index] ?? ''}>${cellHtml(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  const caption = title === undefined ? '' : `<caption>${escapeHtml(title)}</caption>`;
  const below = leftOut === undefined ? '' : `<p class="left-out">${escapeHtml(leftOut)}</p>`;
  return `<table>${caption}<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table>${below}`;
}

const rowHeight = 20;
const labelWidth = 120;
const barWidth = 380;

function barsHtml({ title, bars, most }: PrintedBars): string {
  const largest = most ?? Math.max(1, ...bars.map(({ value }) => value));
  const rows = bars.map(({ label, value, text }, index) => {
    const width = (barWidth * Math.max(0, Math.min(value, largest))) / largest;
    const y = index * rowHeight;
    return `<text x="0" y="${y + 14}">${escapeHtml(label)}</text><rect x="${labelWidth}" y="${y + 4}" width="${width.toFixed(1)}" height="12"/><text x="${labelWidth + width + 6}" y="${y + 14}">${escapeHtml(text)}</text>`;
  });
  const [width, height] = [labelWidth + barWidth + 100, bars.length * rowHeight];
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${rows.join('\n')}</svg></figure>`;
}

function cellHtml(cell: PrintedCell): string {
  return escapeHtml(textOf(cell));
}
