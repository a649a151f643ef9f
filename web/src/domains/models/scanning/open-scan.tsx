import { Button, Group } from '@mantine/core';

import { cancelScan, pauseScan, readScanStatus, resumeScan, type ScanRunView } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface OpenScanProps {
  readonly scan: ScanRunView;
  /** Files of the library. */
  readonly total: number;
}

/** A scan that has not ended: how far it is, and what can be done about it. */
export function OpenScan({ scan, total }: OpenScanProps) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('models:write');
  const { files, dangerous, bytesRead } = scan.counts;
  return (
    <Notice tone={dangerous > 0 ? 'bad' : 'info'} title={<OpenTitle scan={scan} />} role="status">
      <p>{t('models.scan.progress', { files, total, dangerous, bytes: format.bytes(bytesRead) })}</p>
      {may && <Steps scan={scan} />}
    </Notice>
  );
}

function OpenTitle({ scan: { status } }: { readonly scan: ScanRunView }) {
  const { t } = useTexts();
  if (status === 'queued' || status === 'paused') return t(`models.scan.open.${status}`);
  return t('models.scan.open.running');
}

function Steps({ scan: { id, status } }: { readonly scan: ScanRunView }) {
  const { t } = useTexts();
  const stales = [readScanStatus];
  const pause = useRouteMutation(pauseScan, { stales });
  const resume = useRouteMutation(resumeScan, { stales });
  const cancel = useRouteMutation(cancelScan, { stales });
  const failed = [pause, resume, cancel].find((step) => step.isError);
  const call = { params: { id } };
  return (
    <>
      {failed !== undefined && <ProblemNotice error={failed.error ?? new Error(status)} />}
      <Group mt="xs">
        {status === 'paused' ? (
          <Button size="xs" loading={resume.isPending} onClick={() => resume.mutate(call)}>
            {t('models.scan.resume')}
          </Button>
        ) : (
          <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate(call)}>
            {t('models.scan.pause')}
          </Button>
        )}
        <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(call)}>
          {t('models.scan.cancel')}
        </Button>
      </Group>
    </>
  );
}
