import { Loader } from '@mantine/core';

import { readLibraryFile } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

/** Verified copies elsewhere of all copies the backups know, and where they are; "unknown" where nobody knows. */
export function CopyCount({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data, isError } = useRouteQuery(readLibraryFile, { params: { id } });
  if (isError) return <StateBadge tone="bad" label={t('models.copies.failed')} />;
  if (data === undefined) return <Loader size="xs" />;
  const { protection } = data;
  if (protection === null) return <StateBadge tone="calm" label={t('models.copies.unknown')} />;
  const { verifiedCopies: verified, copies, locations } = protection;
  if (copies === 0) return <StateBadge tone="bad" label={t('models.copies.none')} />;
  return (
    <span className="k-copies">
      <StateBadge tone={verified > 0 ? 'ok' : 'warn'} icon="shield" label={t('models.copies', { verified, copies })} />
      <small>{locations.join(', ')}</small>
    </span>
  );
}
