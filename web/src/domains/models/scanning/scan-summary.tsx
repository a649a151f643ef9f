import './scan-page.css';

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { ScanRunView, ScanStatusView, ScanVerdict } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';

const worstFirst: readonly ScanVerdict[] = ['dangerous', 'invalid', 'suspicious', 'unscanned', 'clean'];

/** How the library stands before the rules of today, and what each verdict leads to. */
export function ScanSummary({ status }: { readonly status: ScanStatusView }) {
  const { t } = useTexts();
  const { library, everyDays, policy } = status;
  return (
    <section className="k-card k-scan-summary" aria-label={t('models.scan.title')}>
      <Facts
        facts={[
          { term: t('models.scan.rules'), value: status.ruleSet },
          { term: t('models.scan.files'), value: library.files },
          { term: t('models.scan.outdated'), value: library.outdated },
          { term: t('models.scan.admitted'), value: library.admitted },
          { term: t('models.scan.quarantined'), value: <QuarantineLink count={status.quarantined} /> },
          {
            term: t('models.scan.every'),
            value: everyDays === 0 ? t('models.scan.every.never') : t('models.scan.every.days', { days: everyDays }),
          },
          { term: t('models.scan.last'), value: <LastScan scan={status.last} /> },
        ]}
      />
      <ul className="k-plain-list k-scan-policy" aria-label={t('models.scan.policy')}>
        {worstFirst.map((verdict) => (
          <li key={verdict}>
            <VerdictBadge verdict={verdict} /> {library.byVerdict[verdict]} →{' '}
            {t(`models.scan.policy.${policy.verdicts[verdict]}`)}
          </li>
        ))}
        {Object.entries({ ...policy.rules, ...policy.formats }).map(([name, action]) => (
          <li key={name}>
            <code className="k-mono">{name}</code> → {t(`models.scan.policy.${action}`)}
          </li>
        ))}
      </ul>
      {policy.unknownRules.length > 0 && (
        <Notice tone="warn" title={t('models.scan.policy.unknown', { rules: policy.unknownRules.join(', ') })} />
      )}
    </section>
  );
}

function QuarantineLink({ count }: { readonly count: number }) {
  return (
    <Anchor component={Link} to="/models/quarantine">
      {count}
    </Anchor>
  );
}

function LastScan({ scan }: { readonly scan: ScanRunView | null }) {
  const { t } = useTexts();
  if (scan === null) return t('models.scan.last.never');
  const { files, changed, quarantined } = scan.counts;
  return (
    <>
      <Moment at={scan.endedAt ?? scan.updatedAt} />
      <br />
      <small>{t('models.scan.last.counts', { files, changed, quarantined })}</small>
    </>
  );
}
