import { Button, FileButton, Group } from '@mantine/core';

import {
  exportHistory,
  type ImportedHistoryView,
  importHistory,
  listDownloads,
  listLibrary,
  readDownloadStatistics,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** The whole history as one file: out of this Kura, into another one. */
export function HistoryBundle() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const taking = useRouteMutation(exportHistory, {
    onSuccess: ({ fileName: name, mediaType, content }) => saveFile({ name, mediaType }, [content]),
  });
  const bringing = useRouteMutation(importHistory, { stales: [listDownloads, listLibrary, readDownloadStatistics] });
  const error = taking.error ?? bringing.error;
  return (
    <section className="k-card" aria-labelledby="history-bundle">
      <h2 id="history-bundle">{t('models.history.bundle')}</h2>
      <p>{t('models.history.bundle.lead')}</p>
      <Group>
        <Button variant="default" loading={taking.isPending} onClick={() => taking.mutate({})}>
          {t('models.history.export')}
        </Button>
        {may ? (
          <FileButton
            accept=".jsonl,application/x-ndjson"
            onChange={(file) => {
              if (file !== null) void file.text().then((content) => bringing.mutate({ body: { content } }));
            }}
          >
            {(props) => (
              <Button {...props} variant="default" loading={bringing.isPending}>
                {t('models.history.import')}
              </Button>
            )}
          </FileButton>
        ) : (
          <span>{t('models.history.import.may-not')}</span>
        )}
      </Group>
      {error !== null && <ProblemNotice error={error} />}
      {bringing.data !== undefined && <Outcome outcome={bringing.data} />}
    </section>
  );
}

function Outcome({ outcome }: { readonly outcome: ImportedHistoryView }) {
  const { t } = useTexts();
  const { tables, faults, faultCount, missingFiles } = outcome;
  if (faultCount > 0) {
    return (
      <Notice tone="bad" role="alert" title={t('models.history.refused', { count: faultCount })}>
        <ul>
          {faults.map(({ message }, index) => (
            <li key={`${index} ${message}`}>{message}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  return (
    <Notice tone="info" role="status" title={t('models.history.imported')}>
      <ul>
        {tables.map(({ table, rows, added }) => (
          <li key={table}>{t(`models.history.table.${table}`, { rows, added })}</li>
        ))}
      </ul>
      {missingFiles > 0 && <p>{t('models.history.missing', { count: missingFiles })}</p>}
    </Notice>
  );
}
