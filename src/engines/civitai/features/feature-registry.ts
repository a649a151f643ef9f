/**
 * Every feature of the API that Kura uses or knows of. There is no entry for getting round a limit, and there will be
 * none. "docs" is the site's documentation of 2026-08-07, "server" its source of 2026-08-08, "notes" what earlier tools
 * found by trial in 2025-07 (models.md A6, A13).
 */
import { type Feature, type FeatureLevel, type FeatureProbe, type FeatureRisk } from './feature.ts';
import { probes } from './feature-probes.ts';

type Row = readonly [
  id: string,
  call: string,
  risk: FeatureRisk,
  field: Feature['field'],
  fallback: readonly string[],
  section?: string,
];

const official: readonly Row[] = [
  ['models.list', 'GET /models', 'low', null, [], '2.1'],
  ['models.limit', 'GET /models?limit=', 'low', 'limit', [], '2.1'],
  ['models.cursor', 'GET /models?cursor=', 'low', 'cursor', [], '2.3'],
  ['models.query', 'GET /models?query=', 'low', 'query', [], '2.1'],
  ['models.tag', 'GET /models?tag=', 'low', 'tag', ['local'], '2.1'],
  ['models.username', 'GET /models?username=', 'low', 'username', ['local'], '2.1'],
  ['models.types', 'GET /models?types=', 'low', 'types', ['local'], '2.1'],
  ['models.sort', 'GET /models?sort=', 'low', 'sort', ['local'], '2.1'],
  ['models.period', 'GET /models?period=', 'low', 'period', ['local'], '2.1'],
  ['models.nsfw', 'GET /models?nsfw=', 'low', 'nsfw', ['local'], '6'],
  ['models.primary-file-only', 'GET /models?primaryFileOnly=', 'low', 'primaryFileOnly', ['local'], '2.1'],
  ['models.detail', 'GET /models/:id', 'low', null, ['models.ids'], '2.4'],
  ['versions.detail', 'GET /model-versions/:id', 'low', null, ['models.detail'], '2.8'],
  ['by-hash.one', 'GET /model-versions/by-hash/:hash', 'low', null, [], '2.8'],
  ['images.list', 'GET /images', 'low', null, [], '2.11'],
  ['images.cursor', 'GET /images?cursor=', 'low', null, [], '2.11'],
  ['images.nsfw', 'GET /images?nsfw=', 'low', null, ['local'], '2.11'],
  ['images.model-version', 'GET /images?modelVersionId=', 'low', null, ['versions.detail'], '2.11'],
  ['creators.list', 'GET /creators', 'low', null, [], '2.12'],
  ['tags.list', 'GET /tags', 'low', null, [], '2.12'],
  ['enums.list', 'GET /enums', 'low', null, ['local'], '2.13'],
  ['account.me', 'GET /me', 'low', null, [], '2.14'],
  ['download.version', 'GET /api/download/models/:versionId', 'low', null, [], '4.1'],
  ['download.token-header', 'Authorization: Bearer', 'low', null, [], '1.2'],
];

const extended: readonly Row[] = [
  ['models.base-models', 'GET /models?baseModels=', 'low', 'baseModels', ['local'], '2.1'],
  ['models.checkpoint-type', 'GET /models?checkpointType=', 'medium', 'checkpointType', [], '2.1'],
  ['models.ids', 'GET /models?ids=', 'low', 'ids', ['models.detail'], '2.1'],
  ['models.version-ids', 'GET /models?modelVersionIds=', 'low', 'versionIds', ['versions.detail'], '2.1'],
  ['models.period-mode', 'GET /models?periodMode=', 'low', 'periodMode', ['local'], '2.1'],
  ['models.favorites', 'GET /models?favorites=true', 'low', 'favorites', [], '2.1'],
  ['models.hidden', 'GET /models?hidden=true', 'low', 'hidden', [], '2.1'],
  ['models.followed', 'GET /models?followed=true', 'low', 'followed', [], '2.1'],
  [
    'models.supports-generation',
    'GET /models?supportsGeneration=true',
    'medium',
    'supportsGeneration',
    ['local'],
    '2.1',
  ],
  ['models.from-platform', 'GET /models?fromPlatform=true', 'medium', 'fromPlatform', [], '2.1'],
  ['models.early-access', 'GET /models?earlyAccess=true', 'medium', 'earlyAccess', ['local'], '2.1'],
  ['models.archived', 'GET /models?archived=true', 'medium', 'archived', ['local'], '2.1'],
  ['models.new-creators', 'GET /models?newCreators=true', 'low', 'newCreators', [], '2.1'],
  ['models.commercial-use', 'GET /models?allowCommercialUse=', 'medium', 'allowCommercialUse', ['local'], '2.1'],
  ['models.file-formats', 'GET /models?fileFormats=', 'medium', 'fileFormats', ['local'], '2.1'],
  ['models.availability', 'GET /models?availability=', 'medium', 'availability', ['local'], '2.1'],
  ['versions.mini', 'GET /model-versions/mini/:id', 'low', null, ['versions.detail'], '2.10'],
  ['by-hash.bulk', 'POST /model-versions/by-hash', 'medium', null, ['by-hash.one'], '2.9'],
  ['by-hash.ids', 'POST /model-versions/by-hash/ids', 'medium', null, ['by-hash.bulk', 'by-hash.one'], '2.9'],
  ['files.tensor-metadata', 'GET /model-files/:fileId/tensor-metadata', 'medium', null, ['local'], '2.10'],
  ['images.browsing-level', 'GET /images?browsingLevel=', 'medium', null, ['images.nsfw', 'local'], '2.11'],
  ['images.with-meta', 'GET /images?withMeta=true', 'low', null, [], '2.11'],
  ['users.find', 'GET /users', 'medium', null, ['creators.list'], '2.14'],
  ['permissions.check', 'GET /permissions/check', 'medium', null, [], '2.14'],
  ['vault.list', 'GET /vault/all', 'low', null, [], '2.14'],
  ['collections.list', 'GET /collections', 'low', null, [], '2.14'],
  ['download.file-id', 'GET /api/download/models/:versionId?fileId=', 'medium', null, ['download.version'], '4.1'],
];

const experimental: readonly Row[] = [
  ['models.custom-sort', 'GET /models?sortBy=models_v9:<field>:<asc|desc>', 'high', null, ['models.sort', 'local']],
  ['models.category', 'GET /models?category=', 'high', null, ['models.tag', 'local']],
  ['models.min-downloads', 'GET /models?minDownloads=', 'high', null, ['local']],
  ['models.max-downloads', 'GET /models?maxDownloads=', 'high', null, ['local']],
  ['models.start-date', 'GET /models?startDate=', 'high', null, ['local']],
  ['models.end-date', 'GET /models?endDate=', 'high', null, ['local']],
  ['models.verified', 'GET /models?verified=true', 'high', null, []],
  ['models.featured', 'GET /models?featured=true', 'high', null, []],
  ['models.commercial', 'GET /models?commercial=true', 'high', null, ['models.commercial-use', 'local']],
];

export const features: readonly Feature[] = [
  ...official.map((row) => featureOf(row, 'official', { source: 'docs', date: '2026-08-07' })),
  ...extended.map((row) => featureOf(row, 'extended', { source: 'server', date: '2026-08-08' })),
  ...experimental.map((row) => featureOf(row, 'experimental', { source: 'notes', date: '2025-07-31' })),
];

const byId = new Map(features.map((feature) => [feature.id, feature]));

export function findFeature(id: string): Feature | undefined {
  return byId.get(id);
}

function featureOf(
  [id, call, risk, field, fallback, section]: Row,
  level: FeatureLevel,
  evidence: Feature['evidence'],
): Feature {
  const source = section === undefined ? evidence.source : `${evidence.source} §${section}`;
  const probe: FeatureProbe | null = probes[id] ?? null;
  return { id, call, level, risk, field, fallback, evidence: { ...evidence, source }, probe };
}
