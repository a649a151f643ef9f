import type { SearchAnswer } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { isNamedFilter } from './filter-names.ts';

/** What the answer says about itself: words nobody knows, another order than asked, which filter to take back. */
export function AnswerNotes({ answer }: { readonly answer: SearchAnswer }) {
  const { t } = useTexts();
  const format = useFormat();
  const { warnings, order, relaxations, contributions, asOf } = answer;
  const [first] = contributions;
  return (
    <>
      {warnings.map(({ code, message }) => (
        <Notice key={`${code} ${message}`} tone="warn" role="status" title={message} />
      ))}
      {order.asked !== null && order.asked !== order.used && (
        <Notice tone="info" role="status" title={t('models.search.other-order', { order: order.used })} />
      )}
      {asOf !== null && <p className="k-stages">{t('models.search.as-of', { time: format.dateTime(asOf) })}</p>}
      {relaxations.length > 0 && <Relaxations relaxations={relaxations} />}
      {first !== undefined && contributions.length > 1 && (
        <p className="k-stages">
          {contributions.map(({ question, fetched, added }) => (
            <span key={question}>{t('models.search.contribution', { question, fetched, added })}</span>
          ))}
        </p>
      )}
    </>
  );
}

function Relaxations({ relaxations }: Pick<SearchAnswer, 'relaxations'>) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Notice tone="info" title={t('models.search.relax')}>
      <ul>
        {relaxations.map(({ filter, wouldGive }) => (
          <li key={filter}>
            {t('models.search.relax.one', {
              filter: t(`models.stage.${isNamedFilter(filter) ? filter : 'other'}`),
              models: format.number(wouldGive),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
