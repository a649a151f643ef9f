/** Files incident drafts. Each names the cases alike that people can look up, and is linked with them. */
import type { IncidentDraft, Knowledge } from '#knowledge';
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

const most = 5;
/** Who writes, and sees what everybody does who writes: what only few may see is not told to all who see the draft. */
const kura = {
  kind: 'system',
  id: 'kura',
  name: 'Kura',
  permissions: new Set(['knowledge:read', 'knowledge:write'] as const),
} satisfies Actor & { readonly permissions: ReadonlySet<string> };

/** Once per cause: a draft whose `dedupeKey` there is already changes nothing. */
export type FileIncident = (draft: IncidentDraft) => Promise<void>;

export function incidentDesk(
  knowledge: Pick<Knowledge, 'draftIncident' | 'relatedTo' | 'link'>,
  translator: Translator,
): FileIncident {
  return async (draft) => {
    const { title, body, tags = [] } = draft;
    const cases = await knowledge.relatedTo(
      kura,
      { title, body, tags },
      { type: ['incident', 'problem'], limit: most },
    );
    const list = cases.map((one) => `- [${plainTitle(one.title)}](/knowledge/entries/${one.id})`).join('\n');
    const section = cases.length === 0 ? '' : `\n\n## ${translator.text('app.incident-alike')}\n\n${list}`;
    const { id, created } = await knowledge.draftIncident(kura, { ...draft, body: body + section });
    if (!created) return;
    const note = translator.text('app.incident-alike-note');
    for (const { id: target } of cases) await knowledge.link(kura, id, { kind: 'related', target, note });
  };
}

/** Titles are people's; nothing in them may end the link. */
function plainTitle(title: string): string {
  return title.replaceAll(/[\\[\]`*_<>]/g, String.raw`\$&`);
}
