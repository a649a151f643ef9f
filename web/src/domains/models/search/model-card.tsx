import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { FoundModel } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DownloadButton } from '../downloads/download-button.tsx';
import { LicenceLine } from './licence-line.tsx';
import { QualityScore } from './quality-score.tsx';
import { ratingOf } from './rating.ts';

interface ModelCardProps {
  readonly model: FoundModel;
  /** Whether this version stands in the library. */
  readonly owned: boolean;
}

export function ModelCard({ model, owned }: ModelCardProps) {
  const { t } = useTexts();
  const format = useFormat();
  const file = model.files.find(({ chosen }) => chosen) ?? model.files[0];
  const size = file === undefined || file.sizeBytes === null ? '–' : format.bytes(file.sizeBytes);
  const hidden = t('models.hidden');
  return (
    <article className="k-card k-model">
      <header>
        <span className="k-model-type">{model.type}</span>
        {model.baseModel !== null && <span className="k-tag">{model.baseModel}</span>}
        {model.gated && <StateBadge tone="warn" label={t('models.gated')} />}
        {model.sameFileAs !== undefined && (
          <StateBadge tone="calm" label={t('models.same-file', { id: model.sameFileAs })} />
        )}
        {owned && <StateBadge tone="ok" label={t('models.owned')} />}
      </header>
      <h2>
        <Link to="/models/catalogue/$modelId" params={{ modelId: String(model.modelId) }}>
          {model.name}
        </Link>
      </h2>
      <p className="k-model-version">
        {model.versionName}
        {model.creator !== null && ` · ${model.creator}`}
      </p>
      <Facts
        facts={[
          { term: t('models.size'), value: size },
          { term: t('models.format'), value: file?.format ?? '–' },
          { term: t('models.rating'), value: ratingOf(model.nsfwLevel) ?? t('models.rating.none') },
          {
            term: t('models.downloads'),
            value: model.stats.downloads === null ? hidden : format.number(model.stats.downloads),
          },
          {
            term: t('models.likes'),
            value: model.stats.thumbsUp === null ? hidden : format.number(model.stats.thumbsUp),
          },
          { term: t('models.quality'), value: <QualityScore quality={model.quality} /> },
          { term: t('models.files'), value: format.number(model.files.length) },
        ]}
      />
      <p className="k-model-licence">
        <span>{t('models.licence')}</span> <LicenceLine licence={model.license} />
      </p>
      <footer>
        <Anchor href={model.pageUrl} target="_blank" rel="noreferrer" size="sm">
          {t('models.page')} <Icon name="external" size={13} />
        </Anchor>
        <DownloadButton refs={[`${model.modelId}@${model.versionId}`]} name={model.name} again={owned} />
      </footer>
    </article>
  );
}
