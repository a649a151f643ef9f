import { type IsolationView, readIsolation } from '#platform/isolation/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

function toneOf({ level, isAllowed }: IsolationView): Tone {
  if (level === 'bubblewrap') return 'ok';
  return isAllowed ? 'warn' : 'calm';
}

/** Which isolation foreign programs run in, and what it does not keep out. */
export function IsolationCard() {
  const { t } = useTexts();
  const { data } = useRouteQuery(readIsolation, {});
  if (data === undefined) return null;
  return (
    <section className="k-card k-isolation" aria-label={t('health.isolation')}>
      <h2 className="k-isolation-title">
        {t('health.isolation')} <StateBadge tone={toneOf(data)} label={data.version ?? t('health.isolation.none')} />
      </h2>
      <p>{data.summary}</p>
      {data.reason !== null && (
        <p>
          {data.reason.message} {data.reason.advice}
        </p>
      )}
      <div className="k-isolation-aspects">
        <AspectList title={t('health.isolation.isolated')} mark="✔" aspects={data.isolated} />
        <AspectList title={t('health.isolation.open')} mark="–" aspects={data.open} />
      </div>
    </section>
  );
}

interface AspectListProps {
  readonly title: string;
  readonly mark: string;
  readonly aspects: IsolationView['open'];
}

function AspectList({ title, mark, aspects }: AspectListProps) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className="k-plain-list">
        {aspects.map(({ aspect, text }) => (
          <li key={aspect}>
            <span aria-hidden="true">{mark}</span> {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
