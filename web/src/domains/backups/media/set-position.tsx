import { NativeSelect } from '@mantine/core';

import { assignMedium, listDueSwaps, listMedia, listMediaSets, readRotationCalendar } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { usePositionName } from './use-position-name.ts';

interface SetPositionProps {
  readonly set: string;
  readonly position: string;
  readonly label: string | null;
}

/** A position and the medium that stands there; choosing another one is the change. */
export function SetPosition({ set, position, label }: SetPositionProps) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const media = useRouteQuery(listMedia, { query: { limit: 500 } }).data?.items ?? [];
  const assign = useRouteMutation(assignMedium, {
    stales: [listMediaSets, listMedia, listDueSwaps, readRotationCalendar],
  });
  const positionName = usePositionName();
  const free = media.filter((medium) => medium.set === null && !outOfUse.has(medium.stage)).map((one) => one.label);
  if (!may) {
    return (
      <li>
        <span>{positionName(position)}</span>
        <strong>{label ?? '–'}</strong>
      </li>
    );
  }
  return (
    <li>
      <NativeSelect
        label={positionName(position)}
        value={label ?? ''}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          assign.mutate({ params: { key: set, position }, body: { label: chosen === '' ? null : chosen } });
        }}
        data={
          label === null ? [{ value: '', label: '–' }, ...free] : [label, { value: '', label: t('media.set.empty') }]
        }
      />
      {assign.isError && <ProblemNotice error={assign.error} />}
    </li>
  );
}

const outOfUse: ReadonlySet<string> = new Set(['lost', 'retired', 'destroyed']);
