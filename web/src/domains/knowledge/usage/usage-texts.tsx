import { Link } from '@tanstack/react-router';

import type { KnowledgeTexts } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';

/** How entries are tagged, and how much they say. */
export function UsageTexts({ texts: { entries, withoutTag, lengths, tags } }: { readonly texts: KnowledgeTexts }) {
  const { t } = useTexts();
  const format = useFormat();
  function share(part: number): string {
    return t('knowledge.usage.of', { part: format.number(part), of: format.number(entries) });
  }
  const facts = [
    { term: t('knowledge.usage.tag-count'), value: format.number(tags.total) },
    { term: t('knowledge.usage.without-tag'), value: share(withoutTag) },
    ...lengths.map(({ from, to, entries: counted }) => ({
      term:
        to === null
          ? t('knowledge.usage.length-open', { from: format.number(from) })
          : t('knowledge.usage.length', { from: format.number(from), to: format.number(to) }),
      value: share(counted),
    })),
  ];
  return (
    <section aria-label={t('knowledge.usage.texts')}>
      <h2>{t('knowledge.usage.texts')}</h2>
      <Facts facts={facts} />
      <ul className="k-plain-list">
        {tags.items.map(({ tag, entries: counted }) => (
          <li key={tag}>
            <Link to="/knowledge/search" search={{ tag: [tag] }}>
              {tag}
            </Link>{' '}
            <small>{t('knowledge.usage.tag-entries', { entries: format.number(counted) })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
