import type { ModelDetail } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

type Version = ModelDetail['versions'][number];

/** Whether nobody can download it, whatever they pay. */
export function isDownloadDisabled({ usageControl }: Pick<Version, 'usageControl'>): boolean {
  return usageControl !== null && usageControl !== 'Download';
}

/** Who may download a version, and from when; nothing when everybody may. */
export function VersionAccess({ version }: { readonly version: Version }) {
  const { t } = useTexts();
  const format = useFormat();
  if (isDownloadDisabled(version)) return <StateBadge tone="warn" label={t('models.access.disabled')} />;
  if (!version.gated) return null;
  const { gateEndsAt } = version;
  const label =
    gateEndsAt === null ? t('models.access.paid') : t('models.access.early', { until: format.dateTime(gateEndsAt) });
  return <StateBadge tone="warn" label={label} />;
}
