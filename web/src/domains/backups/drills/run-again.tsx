import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

import { type DrillDetail, listDrills, startDrill } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** The same test of the same copy; where it was a sample, of the same files. */
export function RunAgain({ drill: { job, copy, kind, seed, filesTotal } }: { readonly drill: DrillDetail }) {
  const { t } = useTexts();
  const start = useRouteMutation(startDrill, {
    stales: [listDrills],
    onSuccess: ({ drills }) =>
      notifications.show({ message: t('backups.queued', { copies: drills.map((one) => one.copy).join(', ') }) }),
  });
  const ofCopy = copy === null ? {} : { copy };
  const sample = seed === null || filesTotal === 0 ? {} : { seed, files: filesTotal };
  return (
    <div>
      {start.isError && <ProblemNotice error={start.error} />}
      <Button
        size="compact-sm"
        variant="default"
        loading={start.isPending}
        onClick={() => start.mutate({ params: { key: job }, body: { kind, ...ofCopy, ...sample } })}
      >
        {t('backups.drill.again')}
      </Button>
    </div>
  );
}
