import '../../../ui/stacking-table.css';

import { Button, Table } from '@mantine/core';
import { useState } from 'react';

import { type CopyTool, type CopyView, type JobView, readCopyTool, toolNameSchema } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { ForgetForm } from './forget-form.tsx';
import { RunLog } from './run-log.tsx';

/** The copies of a job that restic, borg or rclone make, and what these say of them. */
export function ToolSection({ job }: { readonly job: JobView }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const copies = job.copies.filter(({ engine }) => toolNameSchema.safeParse(engine).success);
  if (copies.length === 0) return null;
  return (
    <section className="k-card k-register-card" aria-labelledby="job-tools">
      <h2 id="job-tools">{t('tools.title')}</h2>
      <p>{t('tools.lead')}</p>
      {copies.map((copy) => (
        <article key={copy.id} aria-label={copy.name}>
          <h3>
            {copy.name} <span className="k-register-name k-mono">{copy.repository}</span>
          </h3>
          {may && <AskedTool job={job} copy={copy} />}
          <RunLog job={job.key} copy={copy.name} />
        </article>
      ))}
    </section>
  );
}

/** Started only when somebody wants to know. */
function AskedTool({ job, copy }: { readonly job: JobView; readonly copy: CopyView }) {
  const { t } = useTexts();
  const [asked, setAsked] = useState(false);
  const label = asked ? t('tools.hide') : t('tools.ask', { tool: copy.engine });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setAsked(!asked)}
        aria-expanded={asked}
        aria-label={`${label}: ${copy.name}`}
      >
        {label}
      </Button>
      {asked && <ToolState job={job} copy={copy} />}
    </>
  );
}

function ToolState({ job, copy }: { readonly job: JobView; readonly copy: CopyView }) {
  const mayForget = useMay('system:configure');
  const query = useRouteQuery(readCopyTool, { params: { key: job.key, copy: copy.name } });
  return (
    <QueryView query={query}>
      {(state) => (
        <>
          <StateFacts state={state} />
          <Snapshots snapshots={state.snapshots} />
          {mayForget && <ForgetForm job={job.key} copy={copy.name} tool={state.tool} />}
        </>
      )}
    </QueryView>
  );
}

function StateFacts({ state }: { readonly state: CopyTool }) {
  const { t } = useTexts();
  const format = useFormat();
  const { tool, version, repositoryId, storedBytes, snapshotCount, nextVerification, nextPart } = state;
  return (
    <Facts
      facts={[
        { term: t('tools.version'), value: `${tool} ${version}` },
        { term: t('tools.repository'), value: <span className="k-mono">{repositoryId.slice(0, 12)}</span> },
        { term: t('tools.stored'), value: format.bytes(storedBytes) },
        { term: t('tools.snapshots'), value: format.number(snapshotCount) },
        {
          term: t('tools.next-verification'),
          value: nextVerification === null ? t('tools.never-verified') : <Moment at={nextVerification} />,
        },
        ...(nextPart.of === 1 ? [] : [{ term: t('tools.next-part'), value: t('tools.part', nextPart) }]),
      ]}
    />
  );
}

function Snapshots({ snapshots }: Pick<CopyTool, 'snapshots'>) {
  const { t } = useTexts();
  if (snapshots.length === 0) return <p>{t('tools.no-snapshots')}</p>;
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-label={t('tools.snapshots')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('tools.snapshot')}</Table.Th>
          <Table.Th>{t('tools.made')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {snapshots.map(({ id, at }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" className="k-mono">
              {id.slice(0, 40)}
            </Table.Th>
            <Table.Td data-label={t('tools.made')}>
              <Moment at={at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
