/**
 * Reads an answer of which nobody remembers the endpoint: a recording, a side-car made from one, an export. Each entry is
 * recognised by its shape, and nothing is lost: what no reader takes comes back as it was sent.
 */
import { readErrorDetail } from '../calls/error-detail.ts';
import { type Account, type Permissions, readAccount, readPermissions, readUser, type User } from './account.ts';
import { type Collection, readCollection } from './collection.ts';
import {
  type Creator,
  type Enums,
  type HashMatch,
  readCreator,
  readEnums,
  readHashMatch,
  readTag,
  type Tag,
} from './directory.ts';
import { type Image, readImage } from './image.ts';
import { isRaw, type Lossless, leftOver, type Raw, type Reading, type SkippedItem } from './lenient.ts';
import { type MiniVersion, readMiniVersion } from './mini-version.ts';
import { type Model, readModel } from './model.ts';
import { type ModelVersion, readVersion } from './model-version.ts';
import {
  readVault,
  readVaultEntry,
  readVaultMembership,
  type Vault,
  type VaultEntry,
  type VaultMembership,
} from './vault.ts';

interface Items {
  readonly model: Model;
  readonly version: ModelVersion;
  readonly mini: MiniVersion;
  readonly image: Image;
  readonly creator: Creator;
  readonly tag: Tag;
  readonly enums: Enums;
  readonly 'hash-match': HashMatch;
  readonly account: Account;
  readonly user: User;
  readonly permissions: Permissions;
  readonly collection: Collection;
  readonly vault: Vault;
  readonly 'vault-entry': VaultEntry;
  readonly 'vault-membership': VaultMembership;
}

interface Taken<Kind extends keyof Items> {
  readonly kind: Kind;
  readonly item: Items[Kind];
}

/** Of a known kind, but without what identifies it. */
interface Unreadable {
  readonly kind: 'unreadable';
  readonly reason: SkippedItem['reason'];
  readonly raw: unknown;
}

export type AnswerEntry =
  | { readonly [Kind in keyof Items]: Taken<Kind> }[keyof Items]
  | Unreadable
  /** What the server said instead of an answer; `message` is empty when it used no words. */
  | { readonly kind: 'error'; readonly message: string; readonly raw: Raw }
  | { readonly kind: 'unknown'; readonly raw: unknown };

export interface Answer extends Lossless {
  /** `extra` holds what stood around the entries. */
  readonly entries: readonly AnswerEntry[];
}

/** Takes any parsed JSON and never throws. */
export function readAnswer(value: unknown): Answer {
  if (isRaw(value) && Array.isArray(value['items'])) {
    const { items } = value;
    return { entries: value['items'].map(readEntry), extra: leftOver(value, { items }) };
  }
  return { entries: (Array.isArray(value) ? value : [value]).map(readEntry), extra: {} };
}

interface Shape {
  fits(raw: Raw): boolean;
  read(raw: Raw): AnswerEntry;
}

/** The first that fits counts, so the telling ones come first. */
const shapes: readonly Shape[] = [
  shape('model', readModel, isModel),
  shape('version', (raw) => readVersion(raw), isVersion),
  shape('vault-membership', readVaultMembership, (raw) => hasAll(raw, 'modelVersionId', 'vaultItem')),
  shape('vault-entry', readVaultEntry, (raw) => hasAll(raw, 'modelVersionId', 'vaultId')),
  shape('vault', readVault, (raw) => hasAll(raw, 'vault')),
  shape('hash-match', readHashMatch, (raw) => hasAll(raw, 'modelVersionId', 'hash')),
  shape('mini', readMiniVersion, (raw) => hasAll(raw, 'air') && ('downloadUrls' in raw || 'fileName' in raw)),
  shape('enums', readEnums, (raw) => Array.isArray(raw['ModelType']) || Array.isArray(raw['BaseModel'])),
  shape('image', readImage, (raw) => hasAll(raw, 'url') && ('width' in raw || 'postId' in raw)),
  shape('account', readAccount, (raw) => hasAll(raw, 'id', 'username') && ('tier' in raw || 'isMember' in raw)),
  shape('user', readUser, (raw) => hasAll(raw, 'id', 'username', 'avatarNsfw')),
  shape('creator', readCreator, (raw) => hasAll(raw, 'username', 'link')),
  shape('tag', readTag, (raw) => hasAll(raw, 'name', 'link')),
  shape('collection', readCollection, (raw) => hasAll(raw, 'id') && ('itemCount' in raw || 'coverImageUrl' in raw)),
  shape('permissions', readPermissions, isPermissions),
];

function readEntry(value: unknown): AnswerEntry {
  if (!isRaw(value)) return { kind: 'unknown', raw: value };
  const known = shapes.find((candidate) => candidate.fits(value));
  if (known !== undefined) return known.read(value);
  if (!('error' in value)) return { kind: 'unknown', raw: value };
  return { kind: 'error', message: readErrorDetail(JSON.stringify(value)).message, raw: value };
}

function shape<Kind extends keyof Items>(
  kind: Kind,
  read: (raw: Raw) => Reading<Items[Kind]>,
  fits: (raw: Raw) => boolean,
) {
  function readAs(raw: Raw): Taken<Kind> | Unreadable {
    const reading = read(raw);
    return 'item' in reading ? { kind, item: reading.item } : { kind: 'unreadable', reason: reading.reason, raw };
  }
  return { fits, read: readAs };
}

/** Also when its list of versions is gone: then by what only models have. */
function isModel(raw: Raw): boolean {
  return Array.isArray(raw['modelVersions']) || (hasAll(raw, 'id', 'type', 'tags') && 'allowNoCredit' in raw);
}

/** Entries of the vault have files and a model as well, but are about a version: they name it by `modelVersionId`. */
function isVersion(raw: Raw): boolean {
  const isOwned = 'modelId' in raw || isRaw(raw['model']);
  return Array.isArray(raw['files']) && typeof raw['name'] === 'string' && isOwned && !('modelVersionId' in raw);
}

function isPermissions(raw: Raw): boolean {
  const entries = Object.entries(raw);
  return entries.length > 0 && entries.every(([key, value]) => /^\d+$/.test(key) && typeof value === 'boolean');
}

function hasAll(raw: Raw, ...keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(raw, key));
}
