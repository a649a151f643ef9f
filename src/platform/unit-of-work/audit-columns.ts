/** An entry as its row: what was written must be what is read back, so texts are made storable before they are hashed. */
import { redact } from '#platform/log';

import type { Actor } from './actor.ts';
import type { AuditEntry } from './audit-entry.ts';

export function auditColumns(actor: Actor, entry: AuditEntry) {
  return {
    actor_kind: actor.kind,
    actor_id: storable(actor.id),
    actor_name: storable(actor.name),
    actor_from: optional(actor.from),
    correlation_id: optional(actor.correlationId),
    category: entry.category ?? 'data',
    level: entry.level ?? 'info',
    action: entry.action,
    subject_kind: entry.subject.kind,
    subject_id: redact(storable(entry.subject.id)),
    subject_name: entry.subject.name === undefined ? null : redact(storable(entry.subject.name)),
    result: entry.result,
    before: fields(entry.before),
    after: fields(entry.after),
  };
}

function optional(text: string | undefined): string | null {
  return text === undefined ? null : storable(text);
}

/** No database keeps halves of characters, and PostgreSQL no NUL. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}');
}

/** The log is kept for years and never edited: a secret in it could never be taken back. */
function fields(values: Readonly<Record<string, unknown>> | undefined): string | null {
  return values === undefined ? null : redact(JSON.stringify(values).replaceAll('\\u0000', '\\ufffd'));
}
