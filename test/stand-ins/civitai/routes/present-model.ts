/** Models as `GET /models` and `GET /models/:id` show them (contract note §2.2, §2.4, §2.5). */
import type { CatalogueModel, CatalogueVersion } from '../catalogue/entities.ts';
import type { Site } from './exchange.ts';
import { presentFile } from './present-file.ts';
import { presentPicture } from './present-picture.ts';
import { spellModel, spellVersion } from './spell-answer.ts';

export interface ListView {
  readonly origin: string;
  readonly versions: readonly CatalogueVersion[];
  /** False: pictures above PG stay out. */
  readonly allPictures: boolean;
  readonly primaryFileOnly: boolean;
}

export async function presentListed(site: Site, model: CatalogueModel, view: ListView) {
  return {
    ...spellModel(model, presentCommon(site, model, 'models')),
    modelVersions: await Promise.all(
      view.versions.map(async (version) => spellVersion(version, await listedVersion(site, model, version, view))),
    ),
  };
}

export async function presentDetailed(site: Site, model: CatalogueModel, versions: readonly CatalogueVersion[]) {
  return {
    ...spellModel(model, presentCommon(site, model, 'model')),
    modelVersions: await Promise.all(
      versions.map(async (version) => spellVersion(version, await detailedVersion(site, model, version))),
    ),
  };
}

function presentCommon(site: Site, model: CatalogueModel, route: 'models' | 'model') {
  const bent = site.faults.forFile({ route, modelId: model.id }).unknownEnums === true;
  return {
    id: model.id,
    name: model.name,
    description: model.description,
    allowNoCredit: model.allowNoCredit,
    allowCommercialUse: model.allowCommercialUse,
    allowDerivatives: model.allowDerivatives,
    allowDifferentLicense: model.allowDifferentLicense,
    type: bent ? 'HoloModel' : model.type,
    minor: model.minor,
    sfwOnly: model.sfwOnly,
    poi: model.poi,
    nsfw: model.nsfw,
    nsfwLevel: model.nsfwLevel,
    availability: bent ? 'OnTuesdays' : model.availability,
    userId: model.userId,
    baseModels: [...new Set(model.versions.map(({ baseModel }) => baseModel))],
    cosmetic: null,
    supportsGeneration: model.supportsGeneration,
    ...(model.mode === null ? {} : { mode: model.mode }),
    stats: {
      downloadCount: counter(model, model.downloads),
      thumbsUpCount: counter(model, model.thumbsUp),
      thumbsDownCount: counter(model, model.thumbsDown),
      commentCount: counter(model, model.comments),
      tippedAmountCount: counter(model, model.tips),
    },
    ...(model.creator === null ? {} : { creator: { username: model.creator, image: null } }),
    tags: model.tags,
  };
}

async function listedVersion(site: Site, model: CatalogueModel, version: CatalogueVersion, view: ListView) {
  const files = filesOf(model, version).filter((file) => !view.primaryFileOnly || file.primary);
  const images = model.mode === 'TakenDown' ? [] : version.images;
  return {
    id: version.id,
    index: version.index,
    name: version.name,
    baseModel: version.baseModel,
    baseModelType: version.baseModelType,
    publishedAt: version.publishedAt,
    flags: 0,
    availability: version.availability,
    nsfwLevel: version.nsfwLevel,
    description: version.description,
    trainedWords: version.trainedWords,
    vaeId: version.vaeId,
    paidAccess: version.paidAccess,
    stats: versionStats(model, version),
    supportsGeneration: model.supportsGeneration,
    files: await Promise.all(
      files.map(async (file) => ({
        ...(await presentFile(site, file, version, {
          route: 'models',
          origin: view.origin,
          links: 'selectors',
          complete: false,
        })),
        overrideName: file.overrideName,
        ...(file.primary ? { primary: true } : {}),
      })),
    ),
    images: images
      .filter((image) => view.allPictures || image.nsfwLevel === 1)
      .slice(0, 20)
      .map((image) => ({ id: image.id, ...presentPicture(site, image) })),
    ...(model.mode === 'Archived' ? {} : { downloadUrl: `${view.origin}/api/download/models/${version.id}` }),
  };
}

async function detailedVersion(site: Site, model: CatalogueModel, version: CatalogueVersion) {
  const origin = site.urls.api;
  const files = await Promise.all(
    filesOf(model, version).map(async (file) => {
      const shown = await presentFile(site, file, version, {
        route: 'model',
        origin,
        links: 'file-id',
        complete: true,
      });
      return {
        ...shown,
        overrideName: file.overrideName,
        metadata: withoutEmpty({ ...shown.metadata }),
        ...(file.primary ? { primary: true } : {}),
      };
    }),
  );
  return withoutEmpty({
    id: version.id,
    index: version.index,
    name: version.name,
    baseModel: version.baseModel,
    baseModelType: version.baseModelType,
    createdAt: version.createdAt,
    publishedAt: version.publishedAt,
    status: version.status,
    flags: 0,
    availability: version.availability,
    nsfwLevel: version.nsfwLevel,
    description: version.description,
    trainedWords: version.trainedWords,
    vaeId: version.vaeId,
    paidAccess: version.paidAccess,
    covered: model.supportsGeneration,
    stats: versionStats(model, version),
    files,
    images: model.mode === 'TakenDown' ? [] : version.images.map((image) => presentPicture(site, image)),
    ...(model.mode === 'Archived' ? {} : { downloadUrl: `${origin}/api/download/models/${version.id}` }),
  });
}

function filesOf(model: CatalogueModel, version: CatalogueVersion): CatalogueVersion['files'] {
  if (model.mode === 'Archived' || !model.counted) return [];
  return [...version.files, ...version.linkedFiles];
}

function versionStats(model: CatalogueModel, version: CatalogueVersion) {
  return {
    downloadCount: counter(model, version.downloads),
    thumbsUpCount: counter(model, version.thumbsUp),
    thumbsDownCount: counter(model, Math.floor(version.thumbsUp / 90)),
  };
}

function counter(model: CatalogueModel, value: number): number | null {
  return model.counted ? value : null;
}

/** The detail endpoint drops version keys whose value is null or an empty array. */
function withoutEmpty(version: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(version).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}
