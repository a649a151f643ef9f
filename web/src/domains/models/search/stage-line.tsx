import { useTranslation } from 'react-i18next';

import type { SearchStage } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';

interface StageLineProps {
  readonly stages: readonly SearchStage[];
  readonly found: number;
}

/** How many the site sent and what each filter left of them: no result disappears without a number. */
export function StageLine({ stages, found }: StageLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first, ...filters] = stages;
  return (
    <p className="k-stages k-number" role="status">
      {first !== undefined && (
        <>
          <span>{t('models.stage.sent', { models: format.number(first.out) })}</span>
          {filters.map(({ filter, out }) => (
            <span key={filter}>
              <span aria-hidden="true">→</span> {format.number(out)} {filter}
            </span>
          ))}
        </>
      )}
      <span>
        <span aria-hidden="true">→</span> <strong>{t('models.stage.shown', { models: format.number(found) })}</strong>
      </span>
    </p>
  );
}
