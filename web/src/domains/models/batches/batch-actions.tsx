import { Button } from '@mantine/core';

import {
  type BatchView,
  cancelBatch,
  listBatches,
  listBatchItems,
  pauseBatch,
  readBatch,
  resumeBatch,
  retryBatch,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { stepsOf } from './batch-status.ts';

const stales = [readBatch, listBatches, listBatchItems];

/** Only what the state allows. */
export function BatchActions({ batch }: { readonly batch: Pick<BatchView, 'id' | 'name' | 'status'> }) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const mutations = {
    pause: useRouteMutation(pauseBatch, { stales }),
    resume: useRouteMutation(resumeBatch, { stales }),
    cancel: useRouteMutation(cancelBatch, { stales }),
    retry: useRouteMutation(retryBatch, { stales }),
  };
  const failed = Object.values(mutations).find(({ isError }) => isError)?.error;
  if (!may) return null;
  return (
    <span className="k-batch-actions">
      {stepsOf(batch.status).map((step) => (
        <Button
          key={step}
          size="compact-sm"
          variant={step === 'resume' ? 'filled' : 'default'}
          loading={mutations[step].isPending}
          onClick={() => mutations[step].mutate({ params: { id: batch.id } })}
          aria-label={`${t(`models.batch.${step}`)}: ${batch.name}`}
        >
          {t(`models.batch.${step}`)}
        </Button>
      ))}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </span>
  );
}
