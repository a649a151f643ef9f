import type { KnowledgeRecommendation } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface RecommendationsProps {
  readonly items: readonly KnowledgeRecommendation[];
}

export function Recommendations({ items }: RecommendationsProps) {
  const { t } = useTexts();
  return (
    <section aria-label={t('knowledge.usage.recommendations')}>
      <h2>{t('knowledge.usage.recommendations')}</h2>
      <RecommendationList items={items} />
    </section>
  );
}

/** What passed a limit, with both numbers, and what to do about it. */
export function RecommendationList({ items }: RecommendationsProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <>
      {items.length === 0 && <p>{t('knowledge.usage.recommendations.none')}</p>}
      <ul className="k-plain-list">
        {items.map(({ id, value, unit, limit, of }) => {
          const shown = unit === 'share' ? format.percent : format.number;
          return (
            <li key={id}>
              {t(`knowledge.recommendation.${id}`, { value: shown(value), limit: shown(limit), of: format.number(of) })}
            </li>
          );
        })}
      </ul>
    </>
  );
}
