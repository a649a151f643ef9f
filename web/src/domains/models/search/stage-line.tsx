import type { SearchStage } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { isNamedFilter } from './filter-names.ts';

interface StageLineProps {
  readonly stages: readonly SearchStage[];
  readonly found: number;
}

/** How many were looked at and what each filter left of them: no result disappears without a number. */
export function StageLine({ stages, found }: StageLineProps) {
  const { t } = useTexts();
  const format = useFormat();
  // The site's own stage counts whole pages, of which the search may have needed a part only.
  const [site, ...own] = stages;
  const looked = own[0]?.in ?? site?.out ?? 0;
  const filters = own.filter((stage) => stage.in !== stage.out || isAsked(stage.filter));
  return (
    <p className="k-stages k-number" role="status">
      <span>{t('models.stage.looked', { models: format.number(looked) })}</span>
      {filters.map(({ filter, out }) => (
        <span key={filter}>
          <Arrow /> {format.number(out)} {t(`models.stage.${isNamedFilter(filter) ? filter : 'other'}`)}
        </span>
      ))}
      <span>
        <Arrow /> <strong>{t('models.stage.shown', { models: format.number(found) })}</strong>
      </span>
    </p>
  );
}

function Arrow() {
  return <span aria-hidden="true">→</span>;
}

/** `protected` is always applied; it is worth a word only when it kept something out. */
function isAsked(filter: string): boolean {
  return isNamedFilter(filter) && filter !== 'protected';
}
