/** The cheapest questions that show whether a parameter of the model list does what it is taken for. */
import type { ModelQuery } from '../queries/model-query.ts';
import type { Model } from '../shapes/model.ts';
import type { FeatureProbe } from './feature.ts';

/** Enough that a list without the feature is unlikely to satisfy it by chance. */
const PROBE_SIZE = 20;
const control: ModelQuery = { limit: PROBE_SIZE, nsfw: false };

function probe(change: ModelQuery, holds: FeatureProbe['holds']): FeatureProbe {
  return { control, changed: { ...control, ...change }, holds };
}

/** A parameter this client has no field for; the control lacks it, and an ignored one changes nothing. */
function unnamed(name: string, value: string, holds: FeatureProbe['holds']): FeatureProbe {
  return probe({ unnamed: [{ name, value }] }, holds);
}

function hasBase(name: string) {
  return ({ versions }: Model) => versions.some(({ baseModel }) => baseModel === name);
}

function downloadsOf({ stats }: Model): number {
  return stats?.downloads ?? 0;
}

const SOME_DOWNLOADS = 1000;
const YEAR_START = '2026-01-01';

export const probes: Readonly<Record<string, FeatureProbe>> = {
  'models.types': probe({ types: ['TextualInversion'] }, ({ type }) => type === 'TextualInversion'),
  'models.tag': probe({ tag: 'style' }, ({ tags }) => tags.includes('style')),
  'models.sort': probe({ sort: 'Newest' }, null),
  'models.base-models': probe({ baseModels: ['SD 1.5'] }, hasBase('SD 1.5')),
  'models.checkpoint-type': probe({ checkpointType: 'Merge' }, ({ type }) => type === 'Checkpoint'),
  'models.supports-generation': probe(
    { supportsGeneration: true },
    ({ supportsGeneration }) => supportsGeneration === true,
  ),
  'models.from-platform': probe({ fromPlatform: true }, null),
  'models.early-access': probe({ earlyAccess: true }, ({ versions }) =>
    versions.some(({ availability, paidAccess }) => availability === 'EarlyAccess' || paidAccess !== null),
  ),
  'models.archived': probe({ archived: true }, ({ mode }) => mode === 'Archived'),
  'models.new-creators': probe({ newCreators: true }, null),
  'models.commercial-use': probe(
    { allowCommercialUse: ['Sell'] },
    ({ licence }) => licence.allowCommercialUse?.includes('Sell') === true,
  ),
  'models.file-formats': probe({ fileFormats: ['PickleTensor'] }, ({ versions }) =>
    versions.some(({ files }) => files.some(({ format }) => format === 'PickleTensor')),
  ),
  'models.custom-sort': unnamed('sortBy', 'models_v9:downloadCount:asc', null),
  'models.category': unnamed('category', 'style', ({ tags }) => tags.includes('style')),
  'models.min-downloads': unnamed(
    'minDownloads',
    String(SOME_DOWNLOADS),
    (model) => downloadsOf(model) >= SOME_DOWNLOADS,
  ),
  'models.max-downloads': unnamed(
    'maxDownloads',
    String(SOME_DOWNLOADS),
    (model) => downloadsOf(model) <= SOME_DOWNLOADS,
  ),
  'models.start-date': unnamed('startDate', YEAR_START, ({ versions }) =>
    versions.some(({ publishedAt }) => publishedAt !== null && publishedAt >= YEAR_START),
  ),
  'models.end-date': unnamed('endDate', YEAR_START, ({ versions }) =>
    versions.some(({ publishedAt }) => publishedAt !== null && publishedAt < YEAR_START),
  ),
  'models.verified': unnamed('verified', 'true', null),
  'models.featured': unnamed('featured', 'true', null),
  'models.commercial': unnamed('commercial', 'true', null),
};
