import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { BatchProgressView, BatchView } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { BatchActions } from './batch-actions.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchReason } from './batch-reason.tsx';
import { batchTones, isOpen } from './batch-status.ts';

interface BatchCardProps {
  readonly batch: BatchView;
  readonly live: BatchProgressView | undefined;
}

export function BatchCard({ batch, live }: BatchCardProps) {
  const { t } = useTexts();
  const heard = isOpen(batch.status) ? live : undefined;
  return (
    <li className="k-card k-batch">
      <div className="k-batch-head">
        <h3>
          <Anchor
            inherit
            renderRoot={(props) => <Link {...props} to="/models/downloads/$id" params={{ id: batch.id }} />}
          >
            {batch.name}
          </Anchor>
        </h3>
        <StateBadge tone={batchTones[batch.status]} label={t(`models.batch.status.${batch.status}`)} />
        <Moment at={batch.updatedAt} />
        <BatchActions batch={batch} />
      </div>
      <BatchProgress name={batch.name} tally={heard?.tally ?? batch.tally} live={heard} />
      <BatchReason batch={batch} />
    </li>
  );
}
