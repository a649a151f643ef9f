/** How a list of the library is written as text, one file of it after the other. */
import { stringify } from 'yaml';

import { type Cell, csvLine } from '#kernel/csv';
import { escapeHtml } from '#kernel/escape-html';
import type { Translator } from '#platform/i18n';

import type { LibraryExportFormat } from '../../contract/index.ts';
import { cellsOf, type ExportedFile, exportColumns } from './library-columns.ts';
import { xmlElement } from './xml-element.ts';

interface LibraryWriter {
  readonly head: string;
  readonly line: (file: ExportedFile, index: number) => string;
  readonly end: (files: number) => string;
}

type TextFormat = Exclude<LibraryExportFormat, 'sqlite'>;

export const libraryWriters: Readonly<Record<TextFormat, (translator: Translator) => LibraryWriter>> = {
  json: () => ({
    head: '{"items":[',
    line: (file, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(file)}`,
    end: () => '\n]}\n',
  }),
  jsonl: () => ({ head: '', line: (file) => `${JSON.stringify(file)}\n`, end: nothing }),
  csv: () => ({ head: csvLine(exportColumns), line: (file) => csvLine(cellsOf(file)), end: nothing }),
  markdown: () => ({
    head: markdownRow(exportColumns) + markdownRow(exportColumns.map(() => '---')),
    line: (file) => markdownRow(cellsOf(file)),
    end: nothing,
  }),
  yaml: () => ({
    head: 'items:',
    // Folded lines would be read the same, and compared badly by people.
    line: (file, index) => (index === 0 ? '\n' : '') + stringify([file], { lineWidth: 0 }),
    end: (files) => (files === 0 ? ' []\n' : ''),
  }),
  xml: () => ({
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<library>\n',
    line: (file) => `${xmlElement('file', file)}\n`,
    end: () => '</library>\n',
  }),
  html: htmlWriter,
};

function nothing(): string {
  return '';
}

function markdownRow(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => markdownText(String(cell ?? ''))).join(' | ')} |\n`;
}

/** As text: no table, link, picture or element comes out of somebody's file name. */
function markdownText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#!|~&]/g, (sign) => `&#${sign.codePointAt(0)};`).replaceAll(/\s+/g, ' ');
}

const style =
  'body{font:14px/1.5 system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}' +
  'th,td{border:1px solid #8886;padding:.25rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}' +
  'th{position:sticky;top:0;background:Canvas}';

/** One page that loads nothing and runs nothing, whatever strangers called their files. */
function htmlWriter(translator: Translator): LibraryWriter {
  const title = escapeHtml(translator.text('models.export.title'));
  return {
    head: `<!doctype html>
<html lang="${translator.language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${title}</title><style>${style}</style></head>
<body><h1>${title}</h1><p>${escapeHtml(translator.text('models.export.legend'))}</p>
<table><thead><tr>${exportColumns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>
`,
    line: (file) => `<tr>${cellsOf(file).map(htmlCell).join('')}</tr>\n`,
    end: () => '</tbody></table></body></html>\n',
  };
}

function htmlCell(cell: Cell): string {
  return `<td>${escapeHtml(String(cell ?? ''))}</td>`;
}
