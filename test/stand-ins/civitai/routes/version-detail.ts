/** Versions by id and by hash (contract note §2.8, §2.9, §2.10). */
import { airOf } from '../catalogue/air.ts';
import { publishedHashes } from '../catalogue/catalogue.ts';
import type { CatalogueFile, CatalogueModel, CatalogueVersion } from '../catalogue/entities.ts';
import type { RouteName } from '../faults/fault.ts';
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';
import { presentFile } from './present-file.ts';
import { pictureMeta, presentPicture } from './present-picture.ts';
import { readId } from './query-schema.ts';

export async function showVersion(site: Site, request: SiteRequest): Promise<Answer> {
  const read = readId(decodeURIComponent(request.path.split('/').at(-1) ?? ''));
  if (!read.ok) return read.answer;
  const found = site.catalogue.version(read.value);
  if (found === undefined || found.version.status !== 'Published') return refusal(404, 'Model not found');
  if (found.version.files.length === 0) return refusal(404, 'Missing model file');
  return {
    status: 200,
    body: await presentVersion(site, found.model, found.version, { route: 'version', origin: request.origin }),
    cache: request.account === undefined ? 'public' : 'none',
  };
}

export async function showVersionByHash(site: Site, request: SiteRequest): Promise<Answer> {
  const hash = decodeURIComponent(request.path.split('/').at(-1) ?? '');
  const [oldest] = await site.hashIndex.find(hash.toUpperCase());
  const found = oldest === undefined ? undefined : site.catalogue.version(oldest.versionId);
  if (found === undefined) return { ...refusal(404, 'Model not found'), cache: 'by-hash' };
  return {
    status: 200,
    body: await presentVersion(site, found.model, found.version, { route: 'by-hash', origin: request.origin }),
    cache: 'by-hash',
  };
}

const bulkMessage = 'Request must include an array of SHA256 Hashes.';

/** Answers carry the known defect of this endpoint: download URLs on the host `undefined`. */
export async function showVersionsByHashes(site: Site, request: SiteRequest): Promise<Answer> {
  const hashes = await readHashes(request, 100);
  if (hashes === undefined) return refusal(400, `${bulkMessage} Maximum of 100 hashes per request.`);
  const files = await filesUnder(site, hashes);
  const body = await Promise.all(
    files.map(async ({ file }) => {
      const found = site.catalogue.version(file.versionId);
      if (found === undefined || !found.version.files.some(({ primary }) => primary)) return null;
      return presentVersion(site, found.model, found.version, { route: 'by-hash-bulk', origin: 'https://undefined' });
    }),
  );
  return { status: 200, body, cache: 'none' };
}

export async function showIdsByHashes(site: Site, request: SiteRequest): Promise<Answer> {
  const hashes = await readHashes(request, 10_000);
  if (hashes === undefined) return refusal(400, `${bulkMessage} Maximum of 10000 hashes per request.`);
  const files = await filesUnder(site, hashes);
  const body = files.map(({ file, hash }) => ({ modelVersionId: file.versionId, modelId: file.modelId, hash }));
  return { status: 200, body, cache: 'none' };
}

export async function showMini(site: Site, request: SiteRequest): Promise<Answer> {
  const read = readId(decodeURIComponent(request.path.split('/').at(-1) ?? ''));
  if (!read.ok) return read.answer;
  const found = site.catalogue.version(read.value);
  if (found === undefined || found.version.status !== 'Published') return refusal(404, 'Model not found');
  const { model, version } = found;
  const wanted = request.query.get('modelFileId');
  const file = version.files.find((own) => (wanted === null ? own.primary : own.id === Number(wanted)));
  if (file === undefined) {
    return refusal(
      404,
      wanted === null ? 'Missing model file' : `Model file ${wanted} not found in version ${version.id}`,
    );
  }
  return { status: 200, body: await presentMini(site, { model, version, file }), cache: 'public' };
}

async function presentMini(
  site: Site,
  of: { readonly model: CatalogueModel; readonly version: CatalogueVersion; readonly file: CatalogueFile },
) {
  const { model, version, file } = of;
  return {
    air: airOf(model, version),
    versionName: version.name,
    modelName: model.name,
    userId: model.userId,
    baseModel: version.baseModel,
    availability: version.availability,
    publishedAt: version.publishedAt,
    size: file.content().size / 1024,
    fileType: file.type,
    fileName: file.uploadName,
    hashes: await publishedHashes(file, site.hashes, { complete: true }),
    downloadUrls: [`${site.urls.api}/api/download/models/${version.id}`],
    format: file.metadata.format ?? null,
    canGenerate: model.supportsGeneration,
    isFeatured: false,
    requireAuth: version.requiresLogin,
    checkPermission: version.availability === 'EarlyAccess',
    ...(version.paidAccess?.endsAt === null || version.paidAccess === null
      ? {}
      : { earlyAccessEndsAt: version.paidAccess.endsAt }),
    additionalResourceCharge: false,
    minor: model.minor,
    sfwOnly: model.sfwOnly,
    fees: [],
    payoutEnabled: false,
  };
}

async function presentVersion(
  site: Site,
  model: CatalogueModel,
  version: CatalogueVersion,
  view: { readonly route: RouteName; readonly origin: string },
) {
  const archived = model.mode === 'Archived';
  const files = await Promise.all(
    (archived ? [] : version.files).map(async (file) => ({
      ...(await presentFile(site, file, version, { ...view, links: 'file-id', complete: true })),
      primary: file.primary,
    })),
  );
  return {
    id: version.id,
    modelId: model.id,
    name: version.name,
    nsfwLevel: version.nsfwLevel,
    createdAt: version.createdAt,
    updatedAt: version.publishedAt,
    status: version.status,
    publishedAt: version.publishedAt,
    trainedWords: version.trainedWords,
    trainingStatus: null,
    trainingDetails: null,
    baseModel: version.baseModel,
    baseModelType: version.baseModelType,
    description: version.description,
    uploadType: 'Created',
    usageControl: version.usageControl,
    licensingFee: null,
    paidAccess: version.paidAccess,
    air: airOf(model, version),
    stats: { downloadCount: model.counted ? version.downloads : null, thumbsUpCount: version.thumbsUp },
    model: {
      name: model.name,
      type: model.type,
      nsfw: model.nsfw,
      poi: model.poi,
      ...(model.mode === null ? {} : { mode: model.mode }),
    },
    files,
    images: (model.mode === 'TakenDown' ? [] : version.images)
      .slice(0, 10)
      .map((image) => ({ ...presentPicture(site, image), meta: pictureMeta(image) })),
    ...(archived ? {} : { downloadUrl: `${view.origin}/api/download/models/${version.id}` }),
  };
}

async function readHashes(request: SiteRequest, limit: number): Promise<string[] | undefined> {
  let body: unknown;
  try {
    body = JSON.parse(await request.body());
  } catch {
    return undefined;
  }
  if (!Array.isArray(body) || body.length > limit) return undefined;
  const hashes = body.filter((hash: unknown) => typeof hash === 'string' && hash.length === 64);
  return hashes.length === body.length ? hashes.map((hash: string) => hash.toUpperCase()) : undefined;
}

/** One entry per matching file, in the order of the site's rows and not of the request. */
async function filesUnder(site: Site, hashes: readonly string[]): Promise<{ file: CatalogueFile; hash: string }[]> {
  const found = await Promise.all(
    [...new Set(hashes)].map(async (hash) => (await site.hashIndex.find(hash)).map((file) => ({ file, hash }))),
  );
  return found.flat().sort((a, b) => a.file.id - b.file.id);
}
