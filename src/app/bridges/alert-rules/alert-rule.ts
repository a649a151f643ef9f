/** What a row of the table is, and how rows name what they are about. */
import type { MessageParams } from '#kernel/errors';
import type { AlertSignal } from '#platform/alerts';
import type { EventDefinition } from '#platform/events';

/** An alert that begins or goes on, the fingerprint of one that is over, or what no alert is about any more. */
export type AlertEffect =
  | { readonly raise: AlertSignal }
  | { readonly clear: string }
  | { readonly clearAbout: Pick<AlertSignal['subject'], 'kind' | 'id'> };

export interface AlertRule {
  readonly event: Pick<EventDefinition, 'name'>;
  readonly effects: (payload: unknown) => readonly AlertEffect[];
}

export function on<Payload>(
  event: EventDefinition<Payload>,
  effects: (payload: Payload) => AlertEffect | readonly AlertEffect[],
): AlertRule {
  return { event, effects: (payload) => [effects(event.schema.parse(payload))].flat() };
}

interface Place {
  readonly job: string;
  readonly title: string;
  readonly copy: string;
}

/** Of a job, or of one copy of it. */
export function ofPlace({ job, title, copy }: Omit<Place, 'copy'> & { readonly copy: string | null }) {
  return copy === null ? ofJob({ job, title }) : ofCopy({ job, title, copy });
}

export function ofCopy({ job, title, copy }: Place) {
  return { ...ofJob({ job, title }), subject: { kind: 'job', id: job, name: `${title} (${copy})` } };
}

export function ofJob({ job, title }: Pick<Place, 'job' | 'title'>) {
  return { subject: { kind: 'job', id: job, name: title }, tags: ['backup'], page: `/backups/jobs/${job}` };
}

/** Findings are no message keys: what has no message stands for itself. */
export function first(findings: readonly string[]): Pick<AlertSignal, 'detail'> {
  const [finding] = findings;
  return finding === undefined ? {} : { detail: { code: finding, params: {} } };
}

/** Key of a word that stands in the text of an alert. */
export function word(name: string): string {
  return `alerts.word.${name}`;
}

/** Of a payload that came out of JSON: what a message can hold. */
export function flat(params: Readonly<Record<string, unknown>>): MessageParams {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, value]] : [],
    ),
  );
}
