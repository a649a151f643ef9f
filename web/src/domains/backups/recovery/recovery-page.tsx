import '../drills/proof.css';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';

import { backUpOwnData, listDrills, type RecoveryStatus, readRecoveryStatus, startDrill } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { drillTones } from '../drills/drill-tones.ts';

const refreshMs = 5000;

/** How Kura itself would come back. */
export function RecoveryPage() {
  const { t } = useTexts();
  const status = useRouteQuery(readRecoveryStatus, {}, { refetchInterval: () => refreshMs });
  return (
    <>
      <PageHeader
        title={t('recovery.title')}
        lead={t('recovery.lead')}
        actions={
          status.data !== undefined && (
            <Link to="/backups/jobs/$key" params={{ key: status.data.job }}>
              {t('recovery.job')}
            </Link>
          )
        }
      />
      <QueryView query={status}>
        {(one) => (
          <div className="k-proof">
            <NewestBackup status={one} />
            <LastDrill status={one} />
          </div>
        )}
      </QueryView>
    </>
  );
}

function NewestBackup({ status }: { readonly status: RecoveryStatus }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('backups:run');
  const start = useRouteMutation(backUpOwnData, {
    stales: [readRecoveryStatus],
    onSuccess: () => notifications.show({ message: t('recovery.queued') }),
  });
  const { newest, rpoSeconds, rpoTargetSeconds, copies, nextRun, recoveryKit } = status;
  const goal = rpoTargetSeconds === null ? '–' : format.clock(rpoTargetSeconds);
  return (
    <section className="k-card" aria-labelledby="own-backup">
      <h2 id="own-backup">{t('recovery.backup')}</h2>
      {newest === null && <Notice tone="warn" title={t('recovery.never')} />}
      {!recoveryKit && (
        <Notice tone="bad" title={t('recovery.no-kit')}>
          <p>{t('recovery.no-kit.advice')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          ...(newest === null
            ? []
            : [
                { term: t('recovery.newest'), value: <Moment at={newest.at} /> },
                {
                  term: t('recovery.size'),
                  value: `${format.bytes(newest.bytes)} (+${format.bytes(newest.newBytes)})`,
                },
              ]),
          {
            term: t('recovery.rpo', { goal }),
            value: rpoSeconds === null ? '–' : format.clock(Math.round(rpoSeconds)),
          },
          { term: t('recovery.next'), value: nextRun === null ? t('recovery.by-hand') : <Moment at={nextRun} /> },
          ...copies.map(({ name, repository, site, lastGoodAt }) => ({
            term: `${name} · ${site}`,
            value: (
              <>
                {lastGoodAt === null ? '–' : <Moment at={lastGoodAt} />} <small>{repository}</small>
              </>
            ),
          })),
        ]}
      />
      {start.isError && <ProblemNotice error={start.error} />}
      {may && (
        <Button loading={start.isPending} onClick={() => start.mutate({})}>
          {t('recovery.back-up')}
        </Button>
      )}
    </section>
  );
}

function LastDrill({ status }: { readonly status: RecoveryStatus }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('backups:run');
  const start = useRouteMutation(startDrill, {
    stales: [readRecoveryStatus, listDrills],
    onSuccess: () => notifications.show({ message: t('recovery.drill-queued') }),
  });
  const { lastDrill, nextDrillOn, rtoTargetSeconds, newest, job } = status;
  const goal = rtoTargetSeconds === null ? '–' : format.clock(rtoTargetSeconds);
  return (
    <section className="k-card" aria-labelledby="own-drill">
      <h2 id="own-drill">{t('recovery.drill')}</h2>
      <p>{t('recovery.drill.lead')}</p>
      {lastDrill === null ? (
        <Notice tone="warn" title={t('recovery.no-drill')} />
      ) : (
        <>
          <p>
            <StateBadge tone={drillTones[lastDrill.result]} label={t(`backups.drill.${lastDrill.result}`)} />{' '}
            <Link to="/backups/drills/$id" params={{ id: lastDrill.id }}>
              <Moment at={lastDrill.startedAt} />
            </Link>
          </p>
          <Facts
            facts={[
              {
                term: t('recovery.rto', { goal }),
                value: lastDrill.rtoSeconds === null ? '–' : format.clock(Math.ceil(lastDrill.rtoSeconds)),
              },
              ...lastDrill.checks.map(({ check, passed, detail }) => ({
                term: check,
                value: (
                  <>
                    <StateBadge
                      tone={passed ? 'ok' : 'bad'}
                      label={t(passed ? 'recovery.check.holds' : 'recovery.check.fails')}
                    />{' '}
                    <small>{detail}</small>
                  </>
                ),
              })),
            ]}
          />
        </>
      )}
      {nextDrillOn !== null && <p>{t('recovery.next-drill', { day: format.date(nextDrillOn) })}</p>}
      {start.isError && <ProblemNotice error={start.error} />}
      {may && (
        <Button
          variant="default"
          loading={start.isPending}
          disabled={newest === null}
          onClick={() => start.mutate({ params: { key: job }, body: { kind: 'full', copy: newest?.copy } })}
        >
          {t('recovery.drill.begin')}
        </Button>
      )}
    </section>
  );
}
