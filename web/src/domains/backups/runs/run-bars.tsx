import '../estate/trend-bars.css';
import './runs.css';

import type { RunView } from '#backups/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** Colours of the bars, named as those of verdicts are. */
const statusOf = {
  running: 'paused',
  success: 'compliant',
  partial: 'warning',
  failed: 'non_compliant',
  interrupted: 'unknown',
} as const;

interface RunBarsProps {
  /** Newest first, as the server lists them. */
  readonly runs: readonly RunView[];
  readonly show: 'bytes' | 'seconds';
}

/** One bar per ended run, the oldest on the left; what it shows is said in words, too. */
export function RunBars({ runs, show }: RunBarsProps) {
  const { t } = useTexts();
  const format = useFormat();
  const bars = runs
    .flatMap((run) => {
      const value = show === 'bytes' ? run.bytes : secondsOf(run);
      return value === null ? [] : [{ run, value }];
    })
    .toReversed();
  function spelled(value: number): string {
    return show === 'bytes' ? format.bytes(value) : format.clock(value);
  }
  const values = bars.map(({ value }) => value);
  const most = Math.max(...values);
  if (bars.length === 0 || most === 0) return <p>{t(`backups.runs.bars.${show}.none`)}</p>;
  const label = t(`backups.runs.bars.${show}`, {
    count: bars.length,
    least: spelled(Math.min(...values)),
    most: spelled(most),
    last: spelled(values.at(-1) ?? 0),
  });
  return (
    <figure className="k-run-bars">
      <svg
        className="k-trend"
        role="img"
        aria-label={label}
        viewBox={`0 0 ${bars.length * 10} 100`}
        preserveAspectRatio="none"
      >
        {bars.map(({ run, value }, index) => {
          // What came to nothing keeps a bar that can be seen and pointed at.
          const height = Math.max(2, (value / most) * 100);
          return (
            <rect
              key={run.id}
              data-status={statusOf[run.result]}
              x={index * 10}
              y={100 - height}
              width={9}
              height={height}
            >
              <title>{`${run.copy}, ${format.dateTime(run.startedAt)}: ${spelled(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption>{label}</figcaption>
    </figure>
  );
}

function secondsOf({ startedAt, endedAt }: RunView): number | null {
  return endedAt === null ? null : Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
