import './library-page.css';

import { listQuarantine, type QuarantineItemView } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FindingList } from '../scanning/finding-list.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';
import { RestoreAction } from './restore-action.tsx';

export function QuarantinePage() {
  const { t } = useTexts();
  const query = useRouteQuery(listQuarantine);
  return (
    <>
      <PageHeader title={t('models.quarantine.title')} lead={t('models.quarantine.lead')} />
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('models.quarantine.none')} />
          ) : (
            <ul className="k-plain-list k-quarantine">
              {items.map((item) => (
                <QuarantineItem key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </>
  );
}

function QuarantineItem({ item }: { readonly item: QuarantineItemView }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <li className="k-card">
      <header>
        <h2 className="k-mono">{item.originalPath}</h2>
        {item.verdict !== null && <VerdictBadge verdict={item.verdict} />}
      </header>
      <Facts
        facts={[
          { term: t('models.quarantine.reason'), value: <QuarantineReason code={item.reason} /> },
          { term: t('models.size'), value: format.bytes(item.sizeBytes) },
          { term: t('models.quarantine.since'), value: <Moment at={item.createdAt} as="exact" /> },
        ]}
      />
      <p className="k-quarantine-place">
        {t('models.quarantine.kept')} <span className="k-mono">{item.path}</span>
      </p>
      <FindingList findings={item.findings} />
      <RestoreAction item={item} />
    </li>
  );
}

const knownReasons = [
  'hash-mismatch',
  'damaged-on-disk',
  'verdict-dangerous',
  'verdict-suspicious',
  'verdict-invalid',
  'verdict-unscanned',
] as const;

/** The server gives the code; one that is new here is shown as it is. */
function QuarantineReason({ code }: { readonly code: string }) {
  const { t } = useTexts();
  const known = knownReasons.find((reason) => code === `models.${reason}`);
  return known === undefined ? code : t(`models.reason.${known}`);
}
