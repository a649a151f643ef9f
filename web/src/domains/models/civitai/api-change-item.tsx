import { Button } from '@mantine/core';

import { type ApiChangeView, acceptApiChange, listApiChanges, readApiWatch } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<ApiChangeView['impact'], Tone>> = {
  low: 'calm',
  medium: 'info',
  high: 'warn',
  critical: 'bad',
};

export function ApiChangeItem({ change }: { readonly change: ApiChangeView }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('models:write');
  const accept = useRouteMutation(acceptApiChange, { stales: [listApiChanges, readApiWatch] });
  const isOpen = change.state === 'open';
  return (
    <li className="k-card k-watch">
      <header>
        <StateBadge tone={tones[change.impact]} label={t(`models.impact.${change.impact}`)} />
        <h3>{change.title}</h3>
        <Moment at={change.lastSeenAt} />
      </header>
      <p className="k-watch-reason">
        <code className="k-mono">
          {change.endpoint} {change.path}
        </code>{' '}
        {t('models.civitai.sightings', { sightings: format.number(change.sightings) })}
      </p>
      <p className="k-watch-reason">{change.advice}</p>
      {isOpen && may && (
        <Button
          size="compact-sm"
          variant="default"
          loading={accept.isPending}
          onClick={() => accept.mutate({ params: { id: change.id } })}
          aria-label={`${t('models.civitai.accept')}: ${change.title}`}
        >
          {t('models.civitai.accept')}
        </Button>
      )}
      {!isOpen && <StateBadge tone="ok" label={t('models.civitai.accepted')} />}
      {accept.isError && <ProblemNotice error={accept.error} />}
    </li>
  );
}
