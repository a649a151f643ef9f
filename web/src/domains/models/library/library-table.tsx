import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import type { LibraryFileView } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { AdmittedBadge } from '../scanning/admitted-badge.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';
import { ContentNote } from './content-note.tsx';
import { CopyCount } from './copy-count.tsx';
import { ExternalScanNotes } from './external-scan-notes.tsx';
import { FileActions } from './file-actions.tsx';
import { StateOfFile } from './state-of-file.tsx';
import { VirusScanNote } from './virus-scan-note.tsx';

/** One row per file; on narrow screens each row becomes a small card whose cells carry their column's name. */
export function LibraryTable({ files }: { readonly files: readonly LibraryFileView[] }) {
  const { t } = useTexts();
  return (
    <div className="k-card k-library">
      <Table className="k-stacking" verticalSpacing="xs" aria-label={t('models.library.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('models.column.file')}</Table.Th>
            <Table.Th>{t('models.column.state')}</Table.Th>
            <Table.Th>{t('models.column.verified')}</Table.Th>
            <Table.Th>{t('models.column.copies')}</Table.Th>
            <Table.Th>{t('models.size')}</Table.Th>
            <Table.Th>{t('models.column.actions')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <LibraryRow key={file.id} file={file} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function LibraryRow({ file }: { readonly file: LibraryFileView }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Th scope="row" className="k-library-file">
        <span>{file.modelName}</span>
        <small>
          {file.type}
          {file.baseModel !== null && ` · ${file.baseModel}`}
        </small>
        <span className="k-mono">{file.path}</span>
        <ContentNote id={file.id} />
        <span className="k-mono" title="SHA-256">
          {file.sha256.slice(0, 16)}…
        </span>
      </Table.Th>
      <Table.Td data-label={t('models.column.state')}>
        <span className="k-library-badges">
          <StateOfFile state={file.state} />
          <VerdictBadge verdict={file.verdict} />
          {file.admitted !== null && <AdmittedBadge admitted={file.admitted} />}
          <VirusScanNote id={file.id} />
          <ExternalScanNotes id={file.id} />
        </span>
      </Table.Td>
      <Table.Td data-label={t('models.column.verified')}>
        {file.verifiedAt === null ? t('models.never') : <Moment at={file.verifiedAt} />}
      </Table.Td>
      <Table.Td data-label={t('models.column.copies')}>
        <CopyCount id={file.id} />
      </Table.Td>
      <Table.Td data-label={t('models.size')} className="k-number">
        {format.bytes(file.sizeBytes)}
      </Table.Td>
      <Table.Td data-label={t('models.column.actions')}>
        <FileActions file={file} />
      </Table.Td>
    </Table.Tr>
  );
}
