import './library-page.css';

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { listLibrary, listQuarantine, type QuarantineItemView, restoreQuarantined } from '#models/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';

export function QuarantinePage() {
  const { t } = useTranslation();
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

const severityTones: Readonly<Record<QuarantineItemView['findings'][number]['severity'], Tone>> = {
  dangerous: 'bad',
  invalid: 'bad',
  suspicious: 'warn',
};

function QuarantineItem({ item }: { readonly item: QuarantineItemView }) {
  const { t } = useTranslation();
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
      {item.findings.length > 0 && (
        <ul className="k-findings">
          {item.findings.map((finding) => (
            <li
              key={`${finding.rule} ${finding.location?.member ?? ''} ${finding.location?.offset ?? ''} ${finding.message}`}
            >
              <StateBadge tone={severityTones[finding.severity]} label={finding.rule} /> {finding.message}
              {finding.location?.member !== undefined && <code className="k-mono"> {finding.location.member}</code>}
            </li>
          ))}
        </ul>
      )}
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
  const { t } = useTranslation();
  const known = knownReasons.find((reason) => code === `models.${reason}`);
  return known === undefined ? code : t(`models.reason.${known}`);
}

/** Takes two steps; the second says in words what is at stake. */
function RestoreAction({ item }: { readonly item: QuarantineItemView }) {
  const { t } = useTranslation();
  const may = useMay('models:write');
  const [asked, setAsked] = useState(false);
  const restore = useRouteMutation(restoreQuarantined, { stales: [listQuarantine, listLibrary] });
  if (!may) return null;
  if (!asked) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setAsked(true)}
        aria-label={`${t('models.restore')}: ${item.originalPath}`}
      >
        {t('models.restore')}
      </Button>
    );
  }
  return (
    <Notice tone="bad" title={t('models.restore.really')} role="alert">
      <p>{t('models.restore.consequence')}</p>
      {restore.isError && <ProblemNotice error={restore.error} />}
      <Group mt="xs">
        <Button
          color="red.9"
          size="xs"
          loading={restore.isPending}
          onClick={() => restore.mutate({ params: { id: item.id }, body: { acceptRisk: true } })}
        >
          {t('models.restore.accept')}
        </Button>
        <Button size="xs" variant="default" onClick={() => setAsked(false)}>
          {t('models.restore.cancel')}
        </Button>
      </Group>
    </Notice>
  );
}
