/** What the simulated site knows about its models: the rows behind the answers. */
import type { Content } from '../files/content.ts';

export type HashPolicy = 'full' | 'none' | 'no-sha256' | 'no-autov3' | 'wrong-sha256';
export type ScanResult = 'Pending' | 'Success' | 'Danger' | 'Error';

export interface FileMetadata {
  readonly format?: string | null;
  readonly size?: string | null;
  readonly fp?: string | null;
  readonly quantType?: string;
  readonly isRequired?: boolean;
}

export interface CatalogueFile {
  readonly id: number;
  readonly modelId: number;
  readonly versionId: number;
  /** The name the server computes for display and download (contract note §4.6). */
  readonly name: string;
  /** What the uploader called it. */
  readonly uploadName: string;
  readonly overrideName: string | null;
  readonly type: string;
  readonly metadata: FileMetadata;
  readonly pickleScan: ScanResult;
  readonly pickleMessage: string | null;
  readonly virusScan: ScanResult;
  readonly scannedAt: string | null;
  readonly primary: boolean;
  readonly hashPolicy: HashPolicy;
  content(): Content;
}

export interface CatalogueImage {
  readonly id: number;
  readonly uuid: string;
  readonly extension: 'jpeg' | 'png';
  readonly nsfwLevel: number;
  readonly width: number;
  readonly height: number;
  readonly blurHash: string;
  readonly createdAt: string;
  readonly postId: number;
  readonly versionId: number;
  /** A harmless object prompt, or null. */
  readonly prompt: string | null;
  readonly likes: number;
}

/** How a version of another year, or a careless one, is written. */
export interface VersionSpelling {
  /** Keys that the answers leave out. */
  readonly without?: readonly ('publishedAt' | 'baseModel' | 'nsfwLevel' | 'trainedWords' | 'images' | 'stats')[];
  /** Dates without a time zone, as in 2024. */
  readonly zoneless?: boolean;
}

export interface CatalogueVersion {
  readonly id: number;
  readonly modelId: number;
  readonly index: number;
  readonly name: string;
  readonly baseModel: string;
  readonly baseModelType: string | null;
  readonly createdAt: string;
  readonly publishedAt: string;
  readonly status: 'Published' | 'Draft' | 'Unpublished';
  readonly availability: string;
  readonly paidAccess: { readonly permanent: boolean; readonly endsAt: string | null } | null;
  readonly usageControl: string;
  readonly requiresLogin: boolean;
  /** Signed-in accounts without a grant get 403. */
  readonly requiresGrant: boolean;
  readonly nsfwLevel: number;
  readonly description: string | null;
  readonly trainedWords: readonly string[];
  readonly vaeId: number | null;
  readonly downloads: number;
  readonly thumbsUp: number;
  readonly files: readonly CatalogueFile[];
  /** Files of the linked VAE version, spliced into `files` of the answers. */
  readonly linkedFiles: readonly CatalogueFile[];
  readonly images: readonly CatalogueImage[];
  readonly spelling?: VersionSpelling;
}

export type CounterName = 'downloadCount' | 'thumbsUpCount' | 'thumbsDownCount' | 'commentCount' | 'tippedAmountCount';

/** The same for a model. What is left out or hidden here, nobody outside can know. */
export interface ModelSpelling {
  readonly without?: readonly (
    | 'nsfw'
    | 'nsfwLevel'
    | 'allowNoCredit'
    | 'allowDerivatives'
    | 'allowDifferentLicense'
    | 'allowCommercialUse'
    | 'stats'
    | 'tags'
    | 'description'
  )[];
  /** Rights as a set (today), in braces, as the highest step of a ladder (until 2024), or not told. */
  readonly rightsAs?: 'braces' | 'word' | 'null';
  /** Counters that the creator hides. */
  readonly hidden?: readonly CounterName[];
  /** Is listed although it shows a real person, as older servers did. */
  readonly listedPerson?: boolean;
}

export interface CatalogueModel {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly type: string;
  readonly checkpointType: 'Trained' | 'Merge' | null;
  readonly nsfw: boolean;
  readonly nsfwLevel: number;
  readonly poi: boolean;
  readonly minor: boolean;
  readonly sfwOnly: boolean;
  readonly availability: string;
  readonly mode: 'Archived' | 'TakenDown' | null;
  readonly allowNoCredit: boolean;
  readonly allowCommercialUse: readonly string[];
  readonly allowDerivatives: boolean;
  readonly allowDifferentLicense: boolean;
  readonly userId: number;
  /** Null for deleted users: the answers leave `creator` out. */
  readonly creator: string | null;
  readonly supportsGeneration: boolean;
  readonly fromPlatform: boolean;
  /** False: every counter is null, as for models minutes old. */
  readonly counted: boolean;
  readonly downloads: number;
  readonly thumbsUp: number;
  readonly comments: number;
  readonly thumbsDown: number;
  readonly tips: number;
  readonly collected: number;
  readonly tags: readonly string[];
  readonly publishedAt: string;
  readonly versions: readonly CatalogueVersion[];
  readonly spelling?: ModelSpelling;
}
