import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

import { listDownloads, startDownloads } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

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
  const start = useRouteMutation(startDownloads, {
    stales: [listDownloads],
    onSuccess: ({ items, failed }) => {
      if (items.length > 0) notifications.show({ message: t('models.download.started', { name }) });
      for (const { reason } of failed) notifications.show({ color: 'red', message: reason.message, autoClose: false });
    },
  });
  if (!may) return null;
  return (
    <span className="k-download">
      <Button
        size="compact-sm"
        variant={again ? 'default' : 'filled'}
        leftSection={<Icon name="download" size={15} />}
        loading={start.isPending}
        onClick={() => start.mutate({ body: { refs: [...refs], file: fileId?.toString() } })}
        aria-label={`${t(again ? 'models.download.again' : 'models.download')}: ${name}`}
      >
        {t(again ? 'models.download.again' : 'models.download')}
      </Button>
      {start.isError && <ProblemNotice error={start.error} />}
    </span>
  );
}
