import type { ModelUpdates, NewerVersion } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DownloadButton } from '../downloads/download-button.tsx';

interface NewerVersionItemProps {
  readonly model: ModelUpdates;
  readonly version: NewerVersion;
}

export function NewerVersionItem({ model, version }: NewerVersionItemProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <li className="k-newer-version">
      <div>
        <strong>{version.name}</strong>
        {version.baseModel !== null && <span className="k-tag">{version.baseModel}</span>}
        {!version.sameBase && <StateBadge tone="calm" label={t('models.updates.other-base')} />}
        {version.gated && <StateBadge tone="warn" label={t('models.gated')} />}
        {version.publishedAt !== null && <Moment at={version.publishedAt} />}
        <span className="k-number">{version.sizeBytes === null ? '–' : format.bytes(version.sizeBytes)}</span>
        {!version.gated && (
          <DownloadButton
            refs={[`${model.modelId}@${version.versionId}`]}
            name={`${model.name} ${version.name}`}
            again={false}
          />
        )}
      </div>
      {version.about !== '' && <p>{version.about}</p>}
    </li>
  );
}
