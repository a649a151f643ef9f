import { listMediaSwaps } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<'due' | 'done' | 'missed', Tone>> = { due: 'info', done: 'ok', missed: 'warn' };

/** Who swapped what, and what was seen on it. */
export function SetSwaps({ set }: { readonly set: string }) {
  const { t } = useTexts();
  const swaps = useRouteQuery(listMediaSwaps, { params: { key: set }, query: { limit: 30 } }).data?.items ?? [];
  if (swaps.length === 0) return null;
  return (
    <>
      <h3>{t('media.swaps')}</h3>
      <ol className="k-plain-list k-media-list">
        {swaps.map(({ id, day, state, takenOut, putIn, by, note, content }) => (
          <li key={id}>
            <time dateTime={day}>{day}</time>
            <StateBadge tone={tones[state]} label={t(`media.swap.state.${state}`)} />
            <span>{`${takenOut ?? '–'} → ${putIn ?? '–'}`}</span>
            <span>{[by ?? '', note].filter((part) => part !== '').join(' · ')}</span>
            {content.length > 0 && <small className="k-mono">{content.map(({ copy }) => copy).join(', ')}</small>}
          </li>
        ))}
      </ol>
    </>
  );
}
