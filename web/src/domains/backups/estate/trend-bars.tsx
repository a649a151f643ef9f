import './trend-bars.css';

import type { EstateTrend, VerdictStatusName } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';

const statuses: readonly VerdictStatusName[] = ['non_compliant', 'unknown', 'warning', 'compliant', 'paused'];

/** One bar per day, its parts the verdicts of that day; what it shows is said in words, too. */
export function TrendBars({ items }: EstateTrend) {
  const { t } = useTexts();
  const most = Math.max(1, ...items.map(({ byStatus }) => sum(Object.values(byStatus))));
  const last = items.at(-1);
  const label =
    last === undefined ? t('estate.trend.none') : t('estate.trend.label', { days: items.length, ...last.byStatus });
  if (items.length === 0) return <p>{label}</p>;
  return (
    <>
      <svg
        className="k-trend"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${items.length * 10} 100`}
        preserveAspectRatio="none"
      >
        {items.map(({ day, byStatus }, index) => {
          let from = 0;
          return statuses.map((status) => {
            const height = (byStatus[status] / most) * 100;
            const y = from;
            from += height;
            return (
              <rect key={`${day} ${status}`} data-status={status} x={index * 10} y={y} width={9} height={height}>
                <title>{`${day} ${t(`backups.status.${status}`)}: ${byStatus[status]}`}</title>
              </rect>
            );
          });
        })}
      </svg>
      <ul className="k-plain-list k-trend-legend">
        {statuses.map((status) => (
          <li key={status} data-status={status}>
            {t(`backups.status.${status}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
