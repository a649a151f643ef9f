import { Button, Group } from '@mantine/core';

import { type EntryFinding, findingStates, listEntryFindings, markEntryFinding } from '#knowledge/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** What could be better about an entry, for who writes here; what is settled folds away. */
export function EntryFindings({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data } = useRouteQuery(listEntryFindings, { params: { id } });
  if (data === undefined || data.items.length === 0) return null;
  const open = data.items.filter(({ state }) => state === 'open');
  const settled = data.items.filter(({ state }) => state !== 'open');
  return (
    <section className="k-card k-no-print" aria-label={t('knowledge.findings')}>
      <h2>{t('knowledge.findings')}</h2>
      <FindingList id={id} findings={open} />
      {settled.length > 0 && (
        <details>
          <summary>{t('knowledge.findings.settled', { count: settled.length })}</summary>
          <FindingList id={id} findings={settled} />
        </details>
      )}
    </section>
  );
}

function FindingList({ id, findings }: { readonly id: string; readonly findings: readonly EntryFinding[] }) {
  return (
    <ul className="k-plain-list">
      {findings.map((finding) => (
        <Finding key={finding.id} id={id} finding={finding} />
      ))}
    </ul>
  );
}

function Finding({ id, finding }: { readonly id: string; readonly finding: EntryFinding }) {
  const { t } = useTexts();
  const may = useMay('knowledge:write');
  const mark = useRouteMutation(markEntryFinding, { stales: [listEntryFindings] });
  const { kind, severity, heading, hint, line, state, markedAt, markedBy } = finding;
  return (
    <li>
      <Group gap="xs">
        <strong>{t(`knowledge.finding.${severity}`)}</strong>
        <span>{t(`knowledge.finding.${kind}`, { heading: heading ?? '', line: line ?? 0 })}</span>
        {hint !== null && <small>{hint}</small>}
        {markedAt !== null && (
          <small>
            {t(`knowledge.finding.is-${state}`)}: {markedBy} <Moment at={markedAt} />
          </small>
        )}
        {may &&
          findingStates
            .filter((to) => to !== state)
            .map((to) => (
              <Button
                key={to}
                size="compact-xs"
                variant="default"
                loading={mark.isPending}
                onClick={() => mark.mutate({ params: { id, finding: finding.id }, body: { state: to } })}
              >
                {t(`knowledge.finding.mark-${to}`)}
              </Button>
            ))}
      </Group>
      {mark.isError && <ProblemNotice error={mark.error} />}
    </li>
  );
}
