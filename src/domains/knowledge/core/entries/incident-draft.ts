/** An incident as another part of Kura reports it: what happened, with the evidence, once per cause. */
import { bodySchema, tagsSchema, titleSchema } from '../../contract/index.ts';
import { type EntryContent, plainCare } from './entry-content.ts';

export interface IncidentDraft {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  /** What was measured, in the order to show it; labels are in the language of the body. */
  readonly evidence: Readonly<Record<string, string | number>>;
  /** Names the cause: `backup-failed:job-17:2026-11-22`. */
  readonly dedupeKey: string;
  /** Default `ja`, the language of the team that reads it. */
  readonly lang?: 'ja' | 'en';
  readonly tags?: readonly string[];
}

const headings = { ja: '記録', en: 'Evidence' } as const;

export function incidentEntry(draft: IncidentDraft): { readonly content: EntryContent; readonly externalId: string } {
  const { lang = 'ja' } = draft;
  return {
    externalId: `incident:${draft.dedupeKey}`,
    content: {
      title: titleSchema.parse(draft.title),
      type: 'incident',
      body: bodySchema.parse(withEvidence(draft, headings[lang])),
      tags: tagsSchema.parse([...(draft.tags ?? [])]),
      lang,
      status: 'draft',
      ...plainCare,
    },
  };
}

function withEvidence({ body, evidence }: IncidentDraft, heading: string): string {
  const lines = Object.entries(evidence).map(([label, value]) => `- ${label}: ${String(value)}`);
  return lines.length === 0 ? body : `${body.trimEnd()}\n\n## ${heading}\n\n${lines.join('\n')}`;
}
