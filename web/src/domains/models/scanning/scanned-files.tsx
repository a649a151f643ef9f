import './scan-page.css';

import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { listScannedFiles, type ScannedFileView, type ScanVerdict } from '#models/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';
import { AdmittedBadge } from './admitted-badge.tsx';
import { FindingList } from './finding-list.tsx';

const pageSize = 30;
const typingPauseMs = 250;
const verdicts: readonly ScanVerdict[] = ['dangerous', 'invalid', 'suspicious', 'unscanned', 'clean'];

/** What was found in files of the library, by verdict, rule and format. */
export function ScannedFiles() {
  const { t } = useTexts();
  const [verdict, setVerdict] = useState<ScanVerdict>();
  const [rule, setRule] = useState('');
  const [format, setFormat] = useState('');
  const [typed] = useDebouncedValue({ rule: rule.trim(), format: format.trim() }, typingPauseMs);
  return (
    <section>
      <h2>{t('models.scan.found')}</h2>
      <search className="k-scan-filters">
        <NativeSelect
          label={t('models.scan.verdict')}
          value={verdict ?? ''}
          onChange={(event) => setVerdict(verdicts.find((one) => one === event.currentTarget.value))}
          data={[
            { value: '', label: t('models.scan.verdict.any') },
            ...verdicts.map((value) => ({ value, label: t(`models.verdict.${value}`) })),
          ]}
        />
        <TextInput
          label={t('models.scan.rule')}
          value={rule}
          maxLength={100}
          placeholder="pickle-import-process"
          onChange={(event) => setRule(event.currentTarget.value)}
        />
        <TextInput
          label={t('models.scan.format')}
          value={format}
          maxLength={40}
          placeholder="pickle"
          onChange={(event) => setFormat(event.currentTarget.value)}
        />
      </search>
      <FileList verdict={verdict} rule={typed.rule} format={typed.format} />
    </section>
  );
}

interface FileListProps {
  readonly verdict: ScanVerdict | undefined;
  readonly rule: string;
  readonly format: string;
}

function FileList({ verdict, rule, format }: FileListProps) {
  const { t } = useTexts();
  const filters = { verdict: verdict && [verdict], rule: rule || undefined, format: format || undefined };
  const found = useInfiniteQuery({
    queryKey: routeKey(listScannedFiles, filters),
    queryFn: ({ pageParam, signal }) =>
      api.call(listScannedFiles, { query: { ...filters, limit: pageSize, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
  const failed = found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return failed || <Waiting />;
  const files = found.data.pages.flatMap((page) => page.items);
  const isFiltered = verdict !== undefined || rule !== '' || format !== '';
  return (
    <>
      {failed}
      {files.length === 0 && <EmptyNote title={t(isFiltered ? 'models.scan.no-match' : 'models.scan.none')} />}
      <ul className="k-plain-list k-scanned-files">
        {files.map((file) => (
          <ScannedFile key={file.libraryId} file={file} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" mt="md" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('models.more')}
        </Button>
      )}
    </>
  );
}

function ScannedFile({ file }: { readonly file: ScannedFileView }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <li className="k-card">
      <header>
        <h3 className="k-mono">{file.path}</h3>
        <VerdictBadge verdict={file.verdict} />
        {file.admitted !== null && <AdmittedBadge admitted={file.admitted} />}
      </header>
      <Facts
        facts={[
          { term: t('models.scan.format'), value: file.format },
          { term: t('models.size'), value: format.bytes(file.sizeBytes) },
          { term: t('models.scan.scanned'), value: <Moment at={file.scannedAt} /> },
        ]}
      />
      <FindingList findings={file.findings} />
    </li>
  );
}
