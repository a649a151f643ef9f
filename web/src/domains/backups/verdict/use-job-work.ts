import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';

import { readBackupStatus, readJobStatus, startBackupRun, startVerification } from '#backups/contract';

import { routeKey, useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** The queue takes a moment to begin; looking again shortly after shows the run as soon as it exists. */
const lookAgainMs = [400, 1500, 4000];

/** Backing up and verifying a job from a page. */
export function useJobWork() {
  const { t } = useTexts();
  const queries = useQueryClient();
  function started({ queued }: { readonly queued: readonly { readonly copy: string }[] }): void {
    notifications.show({ message: t('backups.queued', { copies: queued.map(({ copy }) => copy).join(', ') }) });
    for (const ms of lookAgainMs) {
      for (const route of [readBackupStatus, readJobStatus]) {
        setTimeout(() => void queries.invalidateQueries({ queryKey: routeKey(route) }), ms);
      }
    }
  }
  const run = useRouteMutation(startBackupRun, { onSuccess: started });
  const verify = useRouteMutation(startVerification, { onSuccess: started });
  return { run, verify, error: run.error ?? verify.error };
}
