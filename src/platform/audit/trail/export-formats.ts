/** Files of the log for others: CSV for spreadsheets, JSON Lines for programs, CEF for security event systems. */
import { csvLine } from '#kernel/csv';

import type { EntryView } from '../contract/entry-shapes.ts';

export type ExportFormat = 'csv' | 'jsonl' | 'cef';

interface Format {
  /** Before the first entry. */
  readonly head: string;
  line(entry: EntryView): string;
}

export function exportFormat(name: ExportFormat, version: string): Format {
  const formats: Readonly<Record<ExportFormat, Format>> = {
    csv: { head: `\u{feff}${csvLine(Object.keys(csvColumns))}`, line: (entry) => csvLine(csvValues(entry)) },
    jsonl: { head: '', line: (entry) => `${JSON.stringify(entry)}\n` },
    cef: { head: '', line: (entry) => `${cefLine(entry, version)}\n` },
  };
  return formats[name];
}

const csvColumns = {
  seq: (entry) => entry.seq,
  at: (entry) => entry.at,
  actorKind: (entry) => entry.actor.kind,
  actorId: (entry) => entry.actor.id,
  actorName: (entry) => entry.actor.name,
  from: (entry) => entry.actor.from,
  category: (entry) => entry.category,
  level: (entry) => entry.level,
  action: (entry) => entry.action,
  subjectKind: (entry) => entry.subject.kind,
  subjectId: (entry) => entry.subject.id,
  subjectName: (entry) => entry.subject.name,
  result: (entry) => entry.result,
  before: (entry) => json(entry.before),
  after: (entry) => json(entry.after),
  correlationId: (entry) => entry.correlationId,
  id: (entry) => entry.id,
  hash: (entry) => entry.hash,
} as const satisfies Readonly<Record<string, (entry: EntryView) => string | number | null>>;

function json(fields: EntryView['before']): string | null {
  return fields === null ? null : JSON.stringify(fields);
}

function csvValues(entry: EntryView): readonly (string | number | null)[] {
  return Object.values(csvColumns).map((value) => value(entry));
}

const cefSeverity = { info: 3, warning: 6, critical: 10 } as const;

/** ArcSight Common Event Format, version 0. */
function cefLine(entry: EntryView, version: string): string {
  const head = ['CEF:0', 'Kura', 'Kura', version, entry.action, entry.action, String(cefSeverity[entry.level])];
  const address = entry.actor.from;
  const fields = {
    rt: String(Date.parse(entry.at)),
    externalId: entry.id,
    cat: entry.category,
    outcome: entry.result,
    suid: entry.actor.id,
    suser: entry.actor.name,
    ...(address === null ? {} : { src: address }),
    cs1Label: 'subject',
    cs1: `${entry.subject.kind}/${entry.subject.name ?? entry.subject.id}`,
    cs2Label: 'before',
    cs2: json(entry.before) ?? '',
    cs3Label: 'after',
    cs3: json(entry.after) ?? '',
    cs4Label: 'correlationId',
    cs4: entry.correlationId ?? '',
    cn1Label: 'seq',
    cn1: String(entry.seq ?? 0),
  };
  const extension = Object.entries(fields).map(([name, value]) => `${name}=${cefValue(value)}`);
  return `${head.map(cefHead).join('|')}|${extension.join(' ')}`;
}

function cefHead(text: string): string {
  return text.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll(/[\r\n]/g, ' ');
}

function cefValue(text: string): string {
  return text.replaceAll(/[\\=]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`).replaceAll('\r', String.raw`\r`);
}
