/** An entry as a message of syslog (RFC 5424), its text as CEF. */
import type { EntryView } from '../contract/entry-shapes.ts';
import { exportFormat } from '../trail/export-formats.ts';

/** Of RFC 5424: “log audit”. */
const facility = 13;
const severities = { info: 6, warning: 4, critical: 2 } as const;
/** The structured data and the text say everything; a header takes visible ASCII only. */
const nothing = '-';
const byteOrderMark = '\u{feff}';

export interface SyslogSender {
  readonly host: string;
  readonly version: string;
}

export function syslogMessage(entry: EntryView, { host, version }: SyslogSender): string {
  const priority = facility * 8 + severities[entry.level];
  const header = [`<${priority}>1`, entry.at, visible(host, 255), 'kura', nothing, visible(entry.action, 32), nothing];
  const text = exportFormat('cef', version).line(entry).trimEnd();
  return `${header.join(' ')} ${byteOrderMark}${text}`;
}

function visible(text: string, longest: number): string {
  const kept = text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, longest);
  return kept === '' ? nothing : kept;
}
