import { Button } from '@mantine/core';

import { listBackupCalendars, putBackupCalendar } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Enters the public holidays of Japan, and takes them for this schedule. */
export function JapaneseHolidays({ onAdded }: { readonly onAdded: (calendar: string) => void }) {
  const { t } = useTexts();
  const add = useRouteMutation(putBackupCalendar, {
    stales: [listBackupCalendars],
    onSuccess: ({ key }) => onAdded(key),
  });
  return (
    <div>
      {add.isError && <ProblemNotice error={add.error} />}
      <Button
        size="compact-sm"
        variant="default"
        loading={add.isPending}
        onClick={() => add.mutate({ params: { calendar: 'jp' }, body: { country: 'jp' } })}
      >
        {t('register.schedule.japan')}
      </Button>
    </div>
  );
}
