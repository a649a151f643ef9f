import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { listDownloads, startDownloads } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { LikenessQuestion } from './likeness-question.tsx';

interface DownloadButtonProps {
  readonly refs: readonly string[];
  readonly name: string;
  /** One file of the version instead of the best one. */
  readonly fileId?: number;
  /** It is there already; downloading checks it and fetches only what is missing or damaged. */
  readonly again: boolean;
}

export function DownloadButton({ refs, name, fileId, again }: DownloadButtonProps) {
  const { t } = useTranslation();
  const may = useMay('models:download');
  const [asksConsent, setAsksConsent] = useState(false);
  const start = useRouteMutation(startDownloads, {
    stales: [listDownloads],
    onSuccess: ({ items, failed }) => {
      if (items.length > 0) notifications.show({ message: t('models.download.started', { name }) });
      setAsksConsent(failed.some(({ reason }) => reason.code === 'models.consent-needed'));
      for (const { reason } of failed) {
        if (reason.code === 'models.consent-needed') continue;
        notifications.show({ color: 'red', message: reason.message, autoClose: false });
      }
    },
  });
  function begin(acceptLikeness: boolean): void {
    start.mutate({ body: { refs: [...refs], file: fileId?.toString(), acceptLikeness } });
  }
  if (!may) return null;
  const label = t(again ? 'models.download.again' : 'models.download');
  return (
    <span className="k-download">
      <Button
        size="compact-sm"
        variant={again ? 'default' : 'filled'}
        leftSection={<Icon name="download" size={15} />}
        loading={start.isPending}
        onClick={() => begin(false)}
        aria-label={`${label}: ${name}`}
      >
        {label}
      </Button>
      {asksConsent && (
        <LikenessQuestion name={name} onAccept={() => begin(true)} onRefuse={() => setAsksConsent(false)} />
      )}
      {start.isError && <ProblemNotice error={start.error} />}
    </span>
  );
}
