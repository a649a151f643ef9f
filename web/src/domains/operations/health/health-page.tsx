import './health-page.css';

import { Button } from '@mantine/core';

import { type HealthSummary, health } from '#platform/operations/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { HealthBadge } from './health-badge.tsx';
import { IsolationCard } from './isolation-card.tsx';
import { PluginsCard } from './plugins-card.tsx';

const refreshMs = 10_000;

export function HealthPage() {
  const { t } = useTexts();
  const query = useRouteQuery(health, {}, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader
        title={t('health.title')}
        lead={t('health.lead')}
        actions={
          <Button
            variant="default"
            leftSection={<Icon name="refresh" size={16} />}
            loading={query.isFetching}
            onClick={() => void query.refetch()}
          >
            {t('health.check-now')}
          </Button>
        }
      />
      <QueryView query={query}>{(report) => <HealthReport report={report} />}</QueryView>
    </>
  );
}

function HealthReport({ report }: { readonly report: HealthSummary }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <div className="k-health">
      <section className="k-card k-health-summary" aria-label={t('health.summary')}>
        <Facts
          facts={[
            { term: t('health.state'), value: <HealthBadge state={report.state} /> },
            { term: t('health.version'), value: report.version },
            { term: t('health.uptime'), value: format.clock(report.uptimeSeconds) },
          ]}
        />
      </section>
      <ul className="k-plain-list k-health-probes" aria-label={t('health.probes')}>
        {report.probes?.map((probe) => (
          <li key={probe.name} className="k-card k-health-probe" data-state={probe.state}>
            <span className="k-health-name">{probe.name}</span>
            <HealthBadge state={probe.state} />
            <span className="k-health-detail">{probe.detail}</span>
            <span className="k-health-ms k-number">{format.number(Math.round(probe.ms))} ms</span>
          </li>
        ))}
      </ul>
      <IsolationCard />
      <PluginsCard />
    </div>
  );
}
