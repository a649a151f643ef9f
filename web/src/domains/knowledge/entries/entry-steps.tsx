import { Button, Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import {
  confirmEntry,
  type EntryStatus,
  type EntryView,
  followEntry,
  linkEnds,
  listEntries,
  listVersions,
  moveEntry,
  readEntry,
  searchKnowledge,
} from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const next: Readonly<Record<EntryStatus, readonly EntryStatus[]>> = {
  draft: ['review', 'published'],
  review: ['published', 'draft'],
  published: ['archived'],
  archived: ['published'],
};

/** What can be done with an entry as a whole: the next step of its way, that it still holds, what follows from it. */
export function EntrySteps({ entry: { id, type, status, version } }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const stales = [readEntry, listEntries, listVersions, searchKnowledge];
  const move = useRouteMutation(moveEntry, { stales });
  const confirm = useRouteMutation(confirmEntry, { stales });
  const follow = useRouteMutation(followEntry, {
    stales,
    onSuccess: (draft) => void navigate({ to: '/knowledge/entries/$id/edit', params: { id: draft.id } }),
  });
  const params = { id };
  const error = move.error ?? confirm.error ?? follow.error;
  const leadsOn = [...linkEnds.values()].some(({ from }) => from === type);
  return (
    <section className="k-no-print k-entry-steps" aria-label={t('knowledge.steps')}>
      <Group gap="xs">
        {next[status].map((to) => (
          <Button
            key={to}
            size="compact-sm"
            variant="default"
            loading={move.isPending}
            onClick={() => move.mutate({ params, body: { to, version } })}
          >
            {t(`knowledge.step-to.${to}`)}
          </Button>
        ))}
        {status === 'published' && (
          <Button
            size="compact-sm"
            variant="default"
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params, body: { version } })}
          >
            {t('knowledge.confirm')}
          </Button>
        )}
        {leadsOn && (
          <Button
            size="compact-sm"
            variant="default"
            loading={follow.isPending}
            onClick={() => follow.mutate({ params })}
          >
            {t('knowledge.follow')}
          </Button>
        )}
      </Group>
      {error !== null && <ProblemNotice error={error} />}
    </section>
  );
}
