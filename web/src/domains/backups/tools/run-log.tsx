import './tools.css';

import { Button } from '@mantine/core';
import { useState } from 'react';

import { listBackupRuns, readRunLog } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { QueryView } from '../../../ui/query-view.tsx';

interface CopyPlace {
  readonly job: string;
  readonly copy: string;
}

/** The end of what the tool said in the newest run of a copy. */
export function RunLog({ job, copy }: CopyPlace) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const label = open ? t('tools.hide') : t('tools.log');
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-label={`${label}: ${copy}`}
      >
        {label}
      </Button>
      {open && <NewestLog job={job} copy={copy} />}
    </>
  );
}

function NewestLog({ job, copy }: CopyPlace) {
  const { t } = useTexts();
  const query = useRouteQuery(listBackupRuns, { query: { job, copy, limit: 1 } });
  return (
    <QueryView query={query}>
      {({ items: [newest] }) => (newest === undefined ? <p>{t('tools.no-runs')}</p> : <Log runId={newest.id} />)}
    </QueryView>
  );
}

function Log({ runId }: { readonly runId: string }) {
  const { t } = useTexts();
  const query = useRouteQuery(readRunLog, { params: { id: runId } });
  return (
    <QueryView query={query}>
      {({ log }) => (log === '' ? <p>{t('tools.silent')}</p> : <pre className="k-tool-log k-mono">{log}</pre>)}
    </QueryView>
  );
}
