import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import { listDownloads, type ReasonView, startDownloads } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { LikenessQuestion } from './likeness-question.tsx';
import { RiskQuestion } from './risk-question.tsx';

/** Answers given to questions so far; a file can raise both. */
interface Accepted {
  readonly acceptLikeness: boolean;
  readonly acceptRisk: boolean;
  readonly riskReason?: string | undefined;
}

const nothingAccepted: Accepted = { acceptLikeness: false, acceptRisk: false };
const questions: ReadonlySet<string> = new Set(['models.consent-needed', 'models.site-scan-asks']);

interface DownloadButtonProps {
  readonly refs: readonly string[];
  readonly name: string;
  /** One file of the version instead of the best one. */
  readonly fileId?: number;
  /** It is there already; downloading checks it and fetches only what is missing or damaged. */
  readonly again: boolean;
}

export function DownloadButton({ refs, name, fileId, again }: DownloadButtonProps) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const [asked, setAsked] = useState<ReasonView>();
  const [accepted, setAccepted] = useState(nothingAccepted);
  const start = useRouteMutation(startDownloads, {
    stales: [listDownloads],
    onSuccess: ({ items, failed }) => {
      if (items.length > 0) notifications.show({ message: t('models.download.started', { name }) });
      setAsked(failed.find(({ reason }) => questions.has(reason.code))?.reason);
      for (const { reason } of failed) {
        if (questions.has(reason.code)) continue;
        notifications.show({ color: 'red', message: reason.message, autoClose: false });
      }
    },
  });
  function begin(answers: Accepted): void {
    setAccepted(answers);
    start.mutate({ body: { refs: [...refs], file: fileId?.toString(), ...answers } });
  }
  function refuse(): void {
    setAsked(undefined);
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
        onClick={() => begin(nothingAccepted)}
        aria-label={`${label}: ${name}`}
      >
        {label}
      </Button>
      {asked?.code === 'models.consent-needed' && (
        <LikenessQuestion name={name} onAccept={() => begin({ ...accepted, acceptLikeness: true })} onRefuse={refuse} />
      )}
      {asked?.code === 'models.site-scan-asks' && (
        <RiskQuestion
          name={name}
          reason={asked.message}
          onAccept={(riskReason) => begin({ ...accepted, acceptRisk: true, riskReason })}
          onRefuse={refuse}
        />
      )}
      {start.isError && <ProblemNotice error={start.error} />}
    </span>
  );
}
