/** The whole simulated site with its look-ups. Built once; nothing in it changes afterwards. */
import type { FileHashes, HashBook } from '../files/file-hashes.ts';
import { assemble } from './assemble.ts';
import { knownModels } from './curated-known.ts';
import { libraryModels } from './curated-library.ts';
import { oddModels } from './curated-oddities.ts';
import { type KnownRole, knownRoles } from './draft.ts';
import type { CatalogueFile, CatalogueModel, CatalogueVersion } from './entities.ts';
import { extraModels } from './extra-models.ts';
import { randomModels } from './random-models.ts';
import { type RealModel, realModelDrafts } from './real-models.ts';

export interface KnownFile {
  readonly modelId: number;
  readonly versionId: number;
  readonly fileId: number;
  readonly name: string;
  readonly sizeBytes: number;
}

export interface CatalogueOptions {
  readonly seed: string;
  readonly today: number;
  readonly extraModels: number;
  readonly randomModels?: number;
  readonly realModels: readonly RealModel[];
}

export interface Catalogue {
  readonly models: readonly CatalogueModel[];
  /** Files by the part they play; sizes and names as the API states them. */
  readonly known: Readonly<Record<KnownRole, KnownFile>>;
  /** Models served from disk, in the order given. */
  readonly real: readonly KnownFile[];
  model(id: number): CatalogueModel | undefined;
  version(id: number): { readonly model: CatalogueModel; readonly version: CatalogueVersion } | undefined;
  file(id: number): CatalogueFile | undefined;
  /** Creators with the number of their listed models, most productive first. */
  readonly creators: ReadonlyMap<string, number>;
  readonly tags: readonly string[];
}

export function buildCatalogue(options: CatalogueOptions): Catalogue {
  const { seed, today } = options;
  const curated = assemble([...knownModels, ...oddModels, ...libraryModels], {
    seed,
    today,
    firstModelId: 100_000,
    firstVersionId: 100_400,
    firstFileId: 200_000,
  });
  const real = assemble(realModelDrafts(options.realModels), {
    seed,
    today,
    firstModelId: 900_000,
    firstVersionId: 910_000,
    firstFileId: 920_000,
  });
  const models = [
    ...curated.models,
    ...real.models,
    ...extraModels(options.extraModels, { seed, today }),
    ...randomModels(options.randomModels ?? 0, { seed, today }),
  ];
  const byId = new Map(models.map((model) => [model.id, model]));
  const versions = new Map(
    models.flatMap((model) => model.versions.map((version) => [version.id, { model, version }] as const)),
  );
  const files = new Map(
    models.flatMap((model) =>
      model.versions.flatMap((version) => version.files.map((file) => [file.id, file] as const)),
    ),
  );
  return {
    models,
    known: knownFiles(curated.roles),
    real: real.models.flatMap((model) => model.versions.flatMap((version) => version.files.map(knownFile))),
    model: (id) => byId.get(id),
    version: (id) => versions.get(id),
    file: (id) => files.get(id),
    creators: countCreators(models),
    tags: [...new Set(models.flatMap((model) => model.tags))].sort(),
  };
}

function knownFiles(roles: ReadonlyMap<KnownRole, CatalogueFile>): Readonly<Record<KnownRole, KnownFile>> {
  const entries = knownRoles.map((role) => {
    const file = roles.get(role);
    if (file === undefined) throw new Error(`no curated file plays ${role}`);
    return [role, knownFile(file)] as const;
  });
  // Complete, because every role was looked up.
  return Object.fromEntries(entries) as Record<KnownRole, KnownFile>;
}

function knownFile(file: CatalogueFile): KnownFile {
  return {
    modelId: file.modelId,
    versionId: file.versionId,
    fileId: file.id,
    name: file.name,
    sizeBytes: file.content().size,
  };
}

function countCreators(models: readonly CatalogueModel[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { creator } of models) if (creator !== null) counts.set(creator, (counts.get(creator) ?? 0) + 1);
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

/** Files up to this size are hashed whenever an answer needs it. */
export const eagerLimit = 8 * 1_048_576;

/**
 * The hashes a listing shows. Small files are hashed on the spot; big ones only when recorded or already worked out,
 * otherwise `{}` as for a file still waiting for its scan. `complete` waits for them whatever the size.
 */
export async function publishedHashes(
  file: CatalogueFile,
  book: HashBook,
  options: { readonly complete: boolean },
): Promise<Partial<FileHashes>> {
  if (file.hashPolicy === 'none') return {};
  const content = file.content();
  const wanted = options.complete || content.size <= eagerLimit;
  const hashes = wanted ? await book.of(content) : book.known(content);
  return hashes === undefined ? {} : bent(hashes, file.hashPolicy);
}

function bent(hashes: FileHashes, policy: CatalogueFile['hashPolicy']): Partial<FileHashes> {
  const { SHA256, AutoV2, AutoV3, ...rest } = hashes;
  const autoV3 = AutoV3 === undefined ? {} : { AutoV3 };
  switch (policy) {
    case 'no-sha256':
      return { ...rest, ...autoV3 };
    case 'no-autov3':
      return { ...rest, AutoV2, SHA256 };
    case 'wrong-sha256': {
      const wrong = SHA256.split('').reverse().join('');
      return { ...rest, ...autoV3, SHA256: wrong, AutoV2: wrong.slice(0, 10) };
    }
    default:
      return hashes;
  }
}
