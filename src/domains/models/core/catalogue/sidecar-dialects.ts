/**
 * Records of other programs, and our own lists, in the words of the API (civitai-api.md §8.2), so that one reader takes
 * them all. What none of them is comes back unchanged.
 */
import { isRaw, type Raw } from '#engines/civitai';
import { KIB } from '#kernel/units';

/** What a file says in the words of the API, or the reason why it has nothing to say to the catalogue. */
export type Translated = { readonly value: unknown } | { readonly reason: 'settings-only' | 'no-site-record' };

/** Takes any parsed JSON and never throws. */
export function inWordsOfTheApi(value: unknown): Translated {
  if (isRaw(value) && Array.isArray(value['items'])) {
    return { value: { ...value, items: value['items'].map((item) => (isListed(item) ? fromListed(item) : item)) } };
  }
  if (Array.isArray(value)) return { value: value.map((item) => (isListed(item) ? fromListed(item) : item)) };
  if (!isRaw(value)) return { value };
  const dialect = dialects.find(({ speaks }) => speaks(value));
  return dialect?.translate(value) ?? { value };
}

interface Dialect {
  readonly speaks: (record: Raw) => boolean;
  readonly translate: (record: Raw) => Translated;
}

const dialects: readonly Dialect[] = [
  { speaks: isListed, translate: (record) => ({ value: fromListed(record) }) },
  { speaks: (record) => has(record, 'ModelId', 'VersionId'), translate: fromStabilityMatrix },
  { speaks: (record) => has(record, 'file_name', 'sha256'), translate: fromLoraManager },
  { speaks: (record) => has(record, 'file', 'raw') && isRaw(record['raw']), translate: fromRgthree },
  { speaks: isHelperSkeleton, translate: () => ({ reason: 'no-site-record' }) },
  { speaks: isSettings, translate: () => ({ reason: 'settings-only' }) },
];

/** An item of what `kura models search --json` and its exports write. */
function isListed(item: unknown): item is Raw {
  return isRaw(item) && has(item, 'modelId', 'versionId', 'versionName', 'pageUrl');
}

function fromListed(item: Raw): Raw {
  const stats = rawOf(item['stats']);
  const files = Array.isArray(item['files']) ? item['files'].filter(isRaw) : [];
  return {
    id: item['modelId'],
    name: item['name'],
    type: item['type'],
    creator: { username: item['creator'] },
    tags: item['tags'],
    nsfwLevel: item['nsfwLevel'],
    ...rawOf(item['license']),
    stats: {
      downloadCount: stats['downloads'],
      thumbsUpCount: stats['thumbsUp'],
      thumbsDownCount: stats['thumbsDown'],
      commentCount: stats['comments'],
    },
    modelVersions: [
      {
        id: item['versionId'],
        name: item['versionName'],
        baseModel: item['baseModel'],
        publishedAt: item['publishedAt'],
        trainedWords: item['trainedWords'],
        files: files.map(({ fileId, name, type, sizeBytes, format, hashes }) => ({
          id: fileId,
          name,
          type,
          sizeKB: typeof sizeBytes === 'number' ? sizeBytes / KIB : null,
          metadata: { format },
          hashes,
        })),
      },
    ],
  };
}

/** `.cm-info.json`. Models it did not get from CivitAI have no ids. */
function fromStabilityMatrix(record: Raw): Translated {
  if (!isId(record['ModelId']) || !isId(record['VersionId'])) return { reason: 'no-site-record' };
  const file = {
    id: record['RemoteFileId'],
    name: record['RemoteFileName'],
    type: 'Model',
    metadata: lowerKeys(rawOf(record['FileMetadata'])),
    hashes: record['Hashes'],
  };
  return {
    value: {
      id: record['VersionId'],
      modelId: record['ModelId'],
      name: record['VersionName'] ?? '',
      description: record['VersionDescription'],
      baseModel: record['BaseModel'],
      trainedWords: record['TrainedWords'],
      files: isId(file.id) ? [file] : [],
      model: {
        name: record['ModelName'],
        description: record['ModelDescription'],
        type: record['ModelType'],
        nsfw: record['Nsfw'],
        tags: record['Tags'],
      },
      creator: { username: record['AuthorUsername'] },
    },
  };
}

/** `.metadata.json`: the version as the site answered it, with what was learned of the model beside it. */
function fromLoraManager(record: Raw): Translated {
  const version = rawOf(record['civitai']);
  if (!isId(version['id'])) return { reason: 'no-site-record' };
  const model = { description: record['modelDescription'], tags: record['tags'], ...rawOf(version['model']) };
  return { value: { files: [], name: '', ...version, model } };
}

/** `.rgthree-info.json`: keeps the answer of the site under `raw.civitai`. */
function fromRgthree(record: Raw): Translated {
  const version = rawOf(rawOf(record['raw'])['civitai']);
  return isId(version['id']) ? { value: version } : { reason: 'no-site-record' };
}

/** What Civitai Helper writes for files the site does not know. */
function isHelperSkeleton(record: Raw): boolean {
  return rawOf(rawOf(record['extensions'])['sd_civitai_helper'])['skeleton_file'] === true;
}

/** `.json` of A1111 and `.swarm.json`: how a person uses the model. */
function isSettings(record: Raw): boolean {
  const keys = Object.keys(record);
  return (
    has(record, 'activation text') || has(record, 'sd version') || keys.some((key) => key.startsWith('modelspec.'))
  );
}

function lowerKeys(record: Raw): Raw {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));
}

function rawOf(value: unknown): Raw {
  return isRaw(value) ? value : {};
}

function has(record: Raw, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(record, key));
}

function isId(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
