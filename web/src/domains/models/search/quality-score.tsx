import type { Quality } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

const partNames = ['likes', 'downloads', 'engagement', 'comments', 'safe', 'style', 'general', 'quality'] as const;

function isNamed(name: string): name is (typeof partNames)[number] {
  return partNames.some((one) => one === name);
}

/** The number, and on request what it is made of. */
export function QualityScore({ quality }: { readonly quality: Quality }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <details className="k-quality">
      <summary aria-label={t('models.quality.parts', { score: format.number(Math.round(quality.score)) })}>
        {format.number(Math.round(quality.score))}
      </summary>
      <ul className="k-plain-list">
        {quality.parts.map(({ name, value, weight }) => (
          <li key={name}>
            {isNamed(name) ? t(`models.quality.${name}`) : name}: {format.number(value)} / {format.number(weight)}
          </li>
        ))}
      </ul>
    </details>
  );
}
