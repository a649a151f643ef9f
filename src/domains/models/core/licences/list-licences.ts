/** The licences of everything in the library, as the catalogue saw them last. */
import type { Database } from '#platform/db';

import type { LicenceView, LicensedModel } from '../../contract/index.ts';
import { type KnownModel, readCatalogueModels } from '../../store/catalogue-reader.ts';
import { type LibraryFile, libraryFilesOfModels, libraryModelIds } from '../../store/library-store.ts';
import { pageUrlOf, presentLicence } from '../catalogue/present-model.ts';
import { dutiesOf } from './licence-duties.ts';

export interface ListLicencesDeps {
  readonly database: Database;
  readonly source: { readonly siteUrl: string };
}

export interface LicencesPage {
  readonly items: readonly LicensedModel[];
  /** Model after which to go on. */
  readonly nextCursor: number | undefined;
}

const unknownLicence: LicenceView = {
  allowCommercialUse: null,
  allowNoCredit: null,
  allowDerivatives: null,
  allowDifferentLicense: null,
};

export async function listLicences(
  { database, source }: ListLicencesDeps,
  { limit, cursor = 0 }: { readonly limit: number; readonly cursor?: number | undefined },
): Promise<LicencesPage> {
  const ids = await libraryModelIds(database, { after: cursor, limit: limit + 1 });
  const asked = ids.slice(0, limit);
  const files = Map.groupBy(await libraryFilesOfModels(database, asked), ({ modelId }) => modelId ?? 0);
  const known = new Map((await readCatalogueModels(database, asked)).map((one) => [Number(one.model.modelId), one]));
  return {
    items: asked.map((id) => describe(id, files.get(id) ?? [], known.get(id), source.siteUrl)),
    nextCursor: ids.length > limit ? asked.at(-1) : undefined,
  };
}

function describe(
  modelId: number,
  files: readonly LibraryFile[],
  known: KnownModel | undefined,
  siteUrl: string,
): LicensedModel {
  const license = known === undefined ? unknownLicence : presentLicence(known.model);
  return {
    modelId,
    name: known?.model.name ?? files[0]?.modelName ?? '',
    creator: known?.model.creator?.username ?? null,
    pageUrl: pageUrlOf(siteUrl, modelId),
    license,
    duties: dutiesOf(license),
    files: files.map(({ name }) => name),
    seenAt: known?.seenAt ?? null,
  };
}
