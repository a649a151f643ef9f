import { Button, Progress } from '@mantine/core';

import {
  cancelDownload,
  type DownloadProgressView,
  type DownloadView,
  listDownloads,
  retryDownload,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DownloadDecisions } from '../steering/download-decisions.tsx';
import { VerdictBadge } from '../verdict-badge.tsx';
import { isUnderWay, mayBeRetried, statusTones } from './download-status.ts';

interface DownloadItemProps {
  readonly item: DownloadView;
  /** What was last heard while it was under way. */
  readonly live: DownloadProgressView | undefined;
}

export function DownloadItem({ item, live }: DownloadItemProps) {
  const { t } = useTexts();
  const format = useFormat();
  // The list is asked again at each change of status; until it answers, the event knows better.
  const status = live !== undefined && isUnderWay(item.status) ? live.status : item.status;
  return (
    <li className="k-card k-download-item">
      <div className="k-download-head">
        <h3>{item.modelName}</h3>
        <StateBadge tone={statusTones[status]} label={t(`models.status.${status}`)} />
        {item.verdict !== null && <VerdictBadge verdict={item.verdict} />}
        <DownloadActions item={item} />
      </div>
      <p className="k-download-facts">
        <span className="k-mono">{item.name}</span>
        <span>{item.type}</span>
        <span className="k-number">{item.sizeBytes === null ? '–' : format.bytes(item.sizeBytes)}</span>
        <Moment at={item.updatedAt} />
      </p>
      {live !== undefined && isUnderWay(status) && <LiveProgress name={item.name} live={live} />}
      <DownloadDecisions id={item.id} isRunning={isUnderWay(status)} />
      {item.reason !== null && <p className="k-download-reason">{item.reason.message}</p>}
      {item.path !== null && !isUnderWay(status) && <p className="k-mono k-download-path">{item.path}</p>}
    </li>
  );
}

function LiveProgress({ name, live }: { readonly name: string; readonly live: DownloadProgressView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { receivedBytes, totalBytes, bytesPerSecond, etaSeconds } = live;
  const ratio = totalBytes === null || totalBytes === 0 ? 0 : Math.min(1, receivedBytes / totalBytes);
  return (
    <div className="k-download-progress">
      <Progress.Root size="md">
        <Progress.Section value={ratio * 100} aria-label={t('models.progress', { name })} />
      </Progress.Root>
      <p className="k-number">
        <span>
          {format.bytes(receivedBytes)}
          {totalBytes !== null && ` / ${format.bytes(totalBytes)} (${format.percent(ratio)})`}
        </span>
        <span>{format.bytes(bytesPerSecond)}/s</span>
        {etaSeconds !== null && <span>{t('models.eta', { time: format.clock(etaSeconds) })}</span>}
      </p>
    </div>
  );
}

function DownloadActions({ item }: { readonly item: DownloadView }) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const cancel = useRouteMutation(cancelDownload, { stales: [listDownloads] });
  const retry = useRouteMutation(retryDownload, { stales: [listDownloads] });
  const error = cancel.error ?? retry.error;
  if (!may) return null;
  return (
    <span className="k-download-actions">
      {isUnderWay(item.status) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ params: { id: item.id } })}
          aria-label={`${t('models.cancel')}: ${item.name}`}
        >
          {t('models.cancel')}
        </Button>
      )}
      {mayBeRetried(item.status) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate({ params: { id: item.id } })}
          aria-label={`${t('models.retry')}: ${item.name}`}
        >
          {t('models.retry')}
        </Button>
      )}
      {error !== null && <ProblemNotice error={error} />}
    </span>
  );
}
