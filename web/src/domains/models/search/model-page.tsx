import './search-page.css';

import { Anchor } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';

import { type ModelDetail, readModel, readRawAnswers } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DownloadButton } from '../downloads/download-button.tsx';
import { ContentNote } from '../library/content-note.tsx';
import { Gallery } from './gallery.tsx';
import { LicenceLine } from './licence-line.tsx';
import { ratingOf } from './rating.ts';
import { SiteScanBadge } from './site-scan-badge.tsx';
import { isDownloadDisabled, VersionAccess } from './version-access.tsx';

const route = getRouteApi('/inside/models/catalogue/$modelId');

export function ModelPage() {
  const { modelId } = route.useParams();
  const query = useRouteQuery(readModel, { params: { modelId } });
  return <QueryView query={query}>{(model) => <Model model={model} />}</QueryView>;
}

function Model({ model }: { readonly model: ModelDetail }) {
  const { t } = useTexts();
  const format = useFormat();
  const { growth } = model;
  const { downloads, thumbsUp } = model.stats;
  const hidden = t('models.hidden');
  return (
    <article className="k-model-detail">
      <Anchor component={Link} to="/models/search" size="sm">
        {t('models.back')}
      </Anchor>
      <PageHeader title={model.name} lead={[model.type, model.creator].filter((one) => one !== null).join(' · ')} />
      {model.source === 'catalogue' && (
        <Notice tone="warn" title={t('models.from-catalogue')}>
          <p>
            {t('models.seen')} <Moment at={model.seenAt} as="exact" />
          </p>
        </Notice>
      )}
      {model.state === 'removed' && <Notice tone="warn" title={t('models.upstream.removed')} />}
      <Facts
        facts={[
          { term: t('models.rating'), value: ratingOf(model.nsfwLevel) ?? t('models.rating.none') },
          { term: t('models.downloads'), value: downloads === null ? hidden : format.number(downloads) },
          { term: t('models.likes'), value: thumbsUp === null ? hidden : format.number(thumbsUp) },
          {
            term: t('models.growth'),
            value: growth === null ? t('models.growth.unknown') : format.number(Math.round(growth.downloadsPerWeek)),
          },
          { term: t('models.first-seen'), value: <Moment at={model.firstSeenAt} /> },
          {
            term: t('models.page'),
            value: (
              <Anchor href={model.pageUrl} target="_blank" rel="noreferrer" size="sm">
                {t('models.page.open')} <Icon name="external" size={13} />
              </Anchor>
            ),
          },
          {
            term: t('models.raw'),
            value: (
              <Anchor href={`${readRawAnswers.path}?model=${model.modelId}`} target="_blank" rel="noreferrer" size="sm">
                {t('models.raw.open')} <Icon name="external" size={13} />
              </Anchor>
            ),
          },
        ]}
      />
      <p className="k-model-licence">
        <span>{t('models.licence')}</span> <LicenceLine licence={model.license} />
      </p>
      <p className="k-model-tags">
        {model.tags.map((tag) => (
          <span key={tag} className="k-tag">
            {tag}
          </span>
        ))}
      </p>
      {model.description !== '' && <p className="k-model-description">{model.description}</p>}
      {model.versions.map((version) => (
        <Version key={version.versionId} modelId={model.modelId} version={version} />
      ))}
      <Gallery modelId={model.modelId} />
    </article>
  );
}

interface VersionProps {
  readonly modelId: number;
  readonly version: ModelDetail['versions'][number];
}

function Version({ modelId, version }: VersionProps) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <section className="k-card k-version">
      <header>
        <h2>{version.name}</h2>
        {version.baseModel !== null && <span className="k-tag">{version.baseModel}</span>}
        {version.publishedAt !== null && <Moment at={version.publishedAt} />}
        <span className="k-number">
          {t('models.version.downloads', {
            downloads: version.stats.downloads === null ? '–' : format.number(version.stats.downloads),
          })}
        </span>
        {version.removed && <StateBadge tone="warn" label={t('models.upstream.removed')} />}
        <VersionAccess version={version} />
      </header>
      {version.trainedWords.length > 0 && (
        <p>
          {t('models.trained-words')}{' '}
          {version.trainedWords.map((word) => (
            <code key={word} className="k-mono">
              {word}{' '}
            </code>
          ))}
        </p>
      )}
      {version.description !== '' && <p className="k-model-description">{version.description}</p>}
      <ul className="k-plain-list">
        {version.files.map((file) => (
          <li key={file.fileId}>
            <span className="k-mono">{file.name}</span>
            <span>{[file.type, file.format].filter((one) => one !== null).join(' · ')}</span>
            <span className="k-number">{file.sizeBytes === null ? '–' : format.bytes(file.sizeBytes)}</span>
            <SiteScanBadge scan={file.siteScan} />
            {file.libraryId !== null && <StateBadge tone="ok" label={t('models.owned')} />}
            {file.libraryId !== null && <ContentNote id={file.libraryId} />}
            {!version.removed && !isDownloadDisabled(version) && (
              <DownloadButton
                refs={[`${modelId}@${version.versionId}`]}
                fileId={file.fileId}
                name={file.name}
                again={file.libraryId !== null}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
