/** Tables of the catalogue beside its models, versions and files. */
export interface CatalogueTables {
  catalogue_models: CatalogueModels;
  catalogue_versions: CatalogueVersions;
  /** A linked file stands in more than one version, so both ids are the key. */
  catalogue_files: CatalogueFiles;
  catalogue_tags: { model_id: number; tag_key: string; tag: string };
  catalogue_creators: { username: string; image_url: string | null; first_seen_at: string; seen_at: string };
  catalogue_images: CatalogueImages;
  /** Lower-case digits; CRC32 as the site writes it. */
  catalogue_hashes: { digest: string; algorithm: string; version_id: number; file_id: number };
  /** Counters of a model or version as they were last seen on a day. */
  catalogue_stats: CatalogueStats;
  /** What was sent, as zstd-compressed JSON: the last answer of each origin. */
  catalogue_answers: {
    subject: 'model' | 'version';
    subject_id: number;
    origin: 'list' | 'detail';
    schema_version: number;
    fetched_at: string;
    body: Uint8Array;
  };
  catalogue_index: CatalogueIndex;
  catalogue_version_index: CatalogueVersionIndex;
}

/** What the site showed of models, as seen last. Null = never told. */
interface CatalogueModels {
  model_id: number;
  name: string;
  type: string;
  creator: string | null;
  tags: string;
  nsfw: number | null;
  nsfw_level: number | null;
  allow_commercial: string | null;
  allow_no_credit: number | null;
  allow_derivatives: number | null;
  allow_different_license: number | null;
  downloads: number | null;
  thumbs_up: number | null;
  thumbs_down: number | null;
  comments: number | null;
  tips: number | null;
  poi: number | null;
  minor: number | null;
  sfw_only: number | null;
  mode: string | null;
  availability: string | null;
  description: string | null;
  /** What the reader has no field for. */
  extra: string | null;
  first_seen_at: string;
  seen_at: string;
  /** When the site definitely no longer had it. */
  removed_at: string | null;
  /** When the site was last asked for it. */
  checked_at: string | null;
}

interface CatalogueVersions {
  version_id: number;
  model_id: number;
  name: string;
  base_model: string | null;
  base_model_type: string | null;
  place: number;
  status: string | null;
  availability: string | null;
  usage_control: string | null;
  /** When everybody can download; far away when nobody knows or never, long ago when there is no gate. */
  gate_opens_at: string | null;
  published_at: string | null;
  created_at: string | null;
  updated_at: string | null;
  nsfw_level: number | null;
  trained_words: string;
  description: string | null;
  downloads: number | null;
  thumbs_up: number | null;
  thumbs_down: number | null;
  air: string | null;
  extra: string | null;
  first_seen_at: string | null;
  seen_at: string;
  removed_at: string | null;
}

interface CatalogueFiles {
  version_id: number;
  file_id: number;
  name: string;
  type: string;
  size_bytes: number | null;
  format: string | null;
  fp: string | null;
  /** `full` or `pruned`. */
  pruning: string | null;
  quant_type: string | null;
  is_primary: number | null;
  pickle_scan: string | null;
  virus_scan: string | null;
  scanned_at: string | null;
  sha256: string | null;
  hashes: string;
  seen_at: string;
}

interface CatalogueImages {
  version_id: number;
  url: string;
  place: number;
  image_id: number | null;
  type: string | null;
  width: number | null;
  height: number | null;
  blur_hash: string | null;
  nsfw_level: number | null;
  meta: string | null;
  seen_at: string;
}

interface CatalogueStats {
  subject: 'model' | 'version';
  subject_id: number;
  day: string;
  taken_at: string;
  downloads: number | null;
  thumbs_up: number | null;
  thumbs_down: number | null;
  comments: number | null;
  tips: number | null;
}

/**
 * Derived, one row per model: what searches test and order by. Counters -1 and instants '' = not known. `…_keys` are
 * compared whole, each between line feeds; `…_terms` hold terms of the text index, each between blanks.
 */
export interface CatalogueIndex {
  position: number;
  model_id: number;
  print: string;
  downloads: number;
  likes: number;
  comments: number;
  buzz: number;
  interactions: number;
  like_ratio: number;
  quality: number;
  size: number;
  published_at: string;
  updated_at: string;
  seen_at: string;
  type_key: string;
  state_key: string;
  rights: string;
  creator_key: string;
  name_key: string;
  tag_keys: string;
  category_keys: string;
  name_terms: string;
  creator_terms: string;
  tag_terms: string;
  about_terms: string;
}

/** Derived, one row per version. */
export interface CatalogueVersionIndex {
  model_id: number;
  place: number;
  version_id: number;
  base_key: string;
  rating: string;
  gate_opens_at: string | null;
  closed: number;
  published_at: string | null;
  formats: string;
  name_key: string;
  word_keys: string;
  name_terms: string;
  words_terms: string;
  about_terms: string;
}
