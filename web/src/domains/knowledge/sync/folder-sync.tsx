import { Button, Group } from '@mantine/core';

import { listEntries, searchKnowledge, syncKnowledge, type ToldSyncReport } from '#knowledge/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Keeps entries and the folder under git of the settings the same, and says row by row what became of them. */
export function FolderSync() {
  const { t } = useTexts();
  const mayManage = useMay('knowledge:manage');
  const sync = useRouteMutation(syncKnowledge, { stales: [listEntries, searchKnowledge] });
  if (!mayManage) return null;
  return (
    <section aria-label={t('knowledge.sync')}>
      <h2>{t('knowledge.sync')}</h2>
      <p>{t('knowledge.sync.lead')}</p>
      <Group mb="md">
        <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate({ body: {} })}>
          {t('knowledge.sync.run')}
        </Button>
      </Group>
      {sync.isError && <ProblemNotice error={sync.error} />}
      {sync.data !== undefined && <Report report={sync.data} />}
    </section>
  );
}

function Report({ report: { folder, rows, unchanged, pushed } }: { readonly report: ToldSyncReport }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <div role="status">
      <p>
        {t(pushed ? 'knowledge.sync.pushed' : 'knowledge.sync.done', { folder, unchanged: format.number(unchanged) })}
      </p>
      <ul className="k-plain-list k-related">
        {rows.map(({ file, title, action, reason }) => (
          <li key={file} className="k-card">
            <span>
              <strong>{t(`knowledge.sync.${action}`)}</strong>: {title ?? file}
            </span>
            {reason !== undefined && <span>{reason.text}</span>}
            <small>{file}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
