import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { AlertView } from '#platform/alerts/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { AlertStateBadge, SeverityBadge } from '../severity-badge.tsx';

interface AlertItemProps {
  readonly alert: AlertView;
  readonly isChosen?: boolean;
  /** Without it, it cannot be chosen. */
  readonly onChoose?: (id: string, isChosen: boolean) => void;
}

export function AlertItem({ alert, isChosen = false, onChoose }: AlertItemProps) {
  const { t } = useTexts();
  const { id, title, detail, severity, lastAt, count, level, acknowledged, note } = alert;
  return (
    <li className="k-alerts-entry">
      {onChoose === undefined ? (
        <span />
      ) : (
        <Checkbox
          aria-label={t('alerts.choose', { title })}
          checked={isChosen}
          onChange={(event) => onChoose(id, event.currentTarget.checked)}
        />
      )}
      <div>
        <div className="k-alerts-row">
          <SeverityBadge severity={severity} />
          <AlertStateBadge alert={alert} />
        </div>
        <h3>
          <Link to="/operations/alerts/$id" params={{ id }}>
            {title}
          </Link>
        </h3>
        {detail !== null && <p>{detail}</p>}
        <p className="k-alerts-dim">
          <Moment at={lastAt} />
          {count > 1 && ` · ${t('alerts.times', { count })}`}
          {level > 0 && ` · ${t('alerts.level', { level })}`}
          {acknowledged !== null && ` · ${t('alerts.taken-by', { by: acknowledged.by })}`}
        </p>
        {note !== null && <p>{note}</p>}
      </div>
    </li>
  );
}
