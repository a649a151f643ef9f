/** Shorthand in which the curated models are written; `assemble.ts` turns it into rows with ids, dates and counters. */
import type { Content } from '../files/content.ts';
import type { FileMetadata, HashPolicy, ScanResult } from './entities.ts';

/** Models and files that tests and the demo ask for by name instead of by number. */
export const knownRoles = [
  'lora',
  'checkpoint',
  'torchCheckpoint',
  'legacyCheckpoint',
  'gguf',
  'vae',
  'embedding',
  'embeddingPickle',
  'maliciousPickle',
  'maliciousPickleUnflagged',
  'repairable',
  'japaneseLora',
  'chineseLora',
  'emojiLora',
  'dangerousName',
  'deviceName',
  'slashName',
  'large',
  'huge',
  'medium',
  'tiny',
  'twoFormats',
  'linkedVae',
  'npz',
  'poses',
  'workflow',
  'earlyAccess',
  'permanentlyPaid',
  'archived',
  'takenDown',
  'loginRequired',
  'grantRequired',
  'downloadsDisabled',
  'unpublished',
  'noHashes',
  'wrongHash',
  'unknownEnums',
  'duplicateFile',
  'sameNameVersions',
  'manyVersions',
  'nullStats',
  'noCreator',
  'matureMask',
] as const;
export type KnownRole = (typeof knownRoles)[number];

export interface FileDraft {
  readonly role?: KnownRole;
  /** The uploader's name for it. */
  readonly upload: string;
  readonly override?: string;
  readonly type?: string;
  readonly metadata: FileMetadata;
  readonly scan?: ScanResult;
  readonly scanMessage?: string;
  readonly hashes?: HashPolicy;
  readonly primary?: boolean;
  /** `key` is unique per file and depends on the seed. */
  readonly make: (key: string) => Content;
}

export interface VersionDraft {
  readonly name?: string;
  readonly base?: string;
  readonly baseType?: string | null;
  readonly words?: readonly string[];
  readonly files: readonly FileDraft[];
  readonly images?: number;
  readonly description?: string | null;
  readonly access?: 'early' | 'paid' | 'login' | 'grant' | 'generation-only';
  readonly status?: 'Draft' | 'Unpublished';
  /** Splices the first file of this role's version in, as the site does with a linked VAE. */
  readonly linkedVae?: KnownRole;
}

export interface ModelDraft {
  readonly name: string;
  readonly type: string;
  readonly base: string;
  readonly creator?: string | null;
  readonly tags?: readonly string[];
  readonly description?: string | null;
  readonly checkpointType?: 'Trained' | 'Merge';
  readonly licence?: 'open' | 'image-only' | 'none' | 'sell-only';
  readonly nsfw?: boolean;
  readonly nsfwLevel?: number;
  readonly poi?: boolean;
  readonly mode?: 'Archived' | 'TakenDown';
  readonly availability?: string;
  /** Minutes old: no counters, no files yet. */
  readonly fresh?: boolean;
  readonly versions: readonly VersionDraft[];
}
