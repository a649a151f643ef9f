import { useState } from 'react';

import { readDownload } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { DecisionList } from './decision-list.tsx';

const pollMs = 2000;

interface DownloadDecisionsProps {
  readonly id: string;
  readonly isRunning: boolean;
}

/** Asked for when somebody opens it. */
export function DownloadDecisions(props: DownloadDecisionsProps) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('models.decisions')}</summary>
      {isOpen && <Opened {...props} />}
    </details>
  );
}

function Opened({ id, isRunning }: DownloadDecisionsProps) {
  const { t } = useTexts();
  const query = useRouteQuery(readDownload, { params: { id } }, { refetchInterval: () => isRunning && pollMs });
  return (
    <QueryView query={query}>
      {({ mode, decisions }) => (
        <>
          <Facts facts={[{ term: t('models.mode'), value: t(`models.mode.${mode ?? 'usual'}`) }]} />
          <DecisionList decisions={decisions} />
        </>
      )}
    </QueryView>
  );
}
