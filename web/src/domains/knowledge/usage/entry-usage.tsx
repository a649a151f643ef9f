import { readEntryUsage } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';

const days = '30';

/** How often the entry was used, and by how many people; nothing where uses are not noted. */
export function EntryUsage({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { data } = useRouteQuery(readEntryUsage, { params: { id }, query: { days } });
  if (data === undefined || !data.noted) return null;
  const { actions, readers, viewsBefore } = data;
  const shown = [
    { term: t('knowledge.use.views'), value: format.number(actions.view) },
    { term: t('knowledge.use.readers'), value: format.number(readers) },
    {
      term: t('knowledge.use.before'),
      value: viewsBefore === null ? t('knowledge.figure.unknown') : format.number(viewsBefore),
    },
    { term: t('knowledge.use.click'), value: format.number(actions.click) },
    { term: t('knowledge.use.copy'), value: format.number(actions.copy) },
    { term: t('knowledge.use.print'), value: format.number(actions.print) },
    { term: t('knowledge.use.share'), value: format.number(actions.share) },
  ];
  return (
    <section className="k-no-print" aria-label={t('knowledge.use', { days })}>
      <h2>{t('knowledge.use', { days })}</h2>
      <Facts facts={shown} />
    </section>
  );
}
