import { Button, Group } from '@mantine/core';

import { exportHeads, listEntries, readChain, verifyEntries } from '#platform/audit/contract';
import type { RouteOutput } from '#platform/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { saveJson } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';

type Chain = RouteOutput<typeof readChain>;

const refreshMs = 30_000;

/** Whether the log is whole, as far as anybody has looked. */
export function ChainCard() {
  const { t } = useTexts();
  const query = useRouteQuery(readChain, {}, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-audit-card" aria-labelledby="audit-chain">
      <h2 id="audit-chain">{t('audit.chain')}</h2>
      <QueryView query={query}>{(chain) => <ChainFacts chain={chain} />}</QueryView>
      <ChainActions />
    </section>
  );
}

function ChainFacts({ chain }: { readonly chain: Chain }) {
  const { t } = useTexts();
  const { lastCheck, heads, lastSeq, unsealed, purgedTo, keyId } = chain;
  const head = heads[0];
  return (
    <>
      <CheckState check={lastCheck} />
      {lastCheck?.finding !== null && lastCheck !== null && <p role="alert">{lastCheck.finding.text}</p>}
      <Facts
        facts={[
          {
            term: t('audit.last-check'),
            value: lastCheck === null ? t('audit.unchecked') : <Moment at={lastCheck.at} as="exact" />,
          },
          { term: t('audit.checked-by'), value: lastCheck?.by ?? '–' },
          { term: t('audit.newest'), value: String(lastSeq) },
          { term: t('audit.unsealed'), value: String(unsealed) },
          { term: t('audit.purged'), value: purgedTo === 0 ? '–' : t('audit.purged-to', { seq: purgedTo }) },
          { term: t('audit.last-head'), value: head === undefined ? '–' : <Head seq={head.seq} at={head.at} /> },
          { term: t('audit.key'), value: <span className="k-mono">{keyId}</span> },
        ]}
      />
    </>
  );
}

function Head({ seq, at }: { readonly seq: number; readonly at: string }) {
  const { t } = useTexts();
  return (
    <>
      {t('audit.entry-number', { seq })}, <Moment at={at} />
    </>
  );
}

function CheckState({ check }: { readonly check: Chain['lastCheck'] }) {
  const { t } = useTexts();
  if (check === null) return <StateBadge tone="calm" label={t('audit.unchecked')} />;
  return check.ok ? (
    <StateBadge tone="ok" label={t('audit.sound', { count: check.rows })} />
  ) : (
    <StateBadge tone="bad" label={t('audit.broken')} />
  );
}

function ChainActions() {
  const { t } = useTexts();
  const verify = useRouteMutation(verifyEntries, { stales: [readChain, listEntries] });
  const heads = useRouteMutation(exportHeads, {
    stales: [readChain],
    onSuccess: (exported) => saveJson('kura-audit-heads.json', exported),
  });
  const failed = [verify, heads].find(({ isError }) => isError)?.error;
  return (
    <Group gap="xs">
      <Button size="compact-sm" loading={verify.isPending} onClick={() => verify.mutate({})}>
        {t('audit.verify')}
      </Button>
      <Button size="compact-sm" variant="default" loading={heads.isPending} onClick={() => heads.mutate({})}>
        {t('audit.save-heads')}
      </Button>
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </Group>
  );
}
