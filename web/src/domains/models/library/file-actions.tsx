import { Button } from '@mantine/core';

import {
  type LibraryFileView,
  libraryStats,
  listLibrary,
  readLibraryFile,
  repairLibraryFile,
  verifyLibrary,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { useWatchedJob } from './use-watched-job.ts';

/** Verify always; repair where something is wrong. */
export function FileActions({ file }: { readonly file: LibraryFileView }) {
  const { t } = useTexts();
  const may = useMay('models:write');
  const watched = useWatchedJob([listLibrary, readLibraryFile, libraryStats]);
  const verify = useRouteMutation(verifyLibrary, { onSuccess: watched.start });
  const repair = useRouteMutation(repairLibraryFile, { onSuccess: watched.start });
  const error = verify.error ?? repair.error;
  if (!may) return null;
  return (
    <span className="k-file-actions">
      <Button
        size="compact-xs"
        variant="default"
        loading={verify.isPending}
        onClick={() => verify.mutate({ body: { ids: [file.id] } })}
        aria-label={`${t('models.verify')}: ${file.name}`}
      >
        {t('models.verify')}
      </Button>
      {file.state !== 'present' && (
        <Button
          size="compact-xs"
          loading={repair.isPending}
          onClick={() => repair.mutate({ params: { id: file.id } })}
          aria-label={`${t('models.repair')}: ${file.name}`}
        >
          {t('models.repair')}
        </Button>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </span>
  );
}
