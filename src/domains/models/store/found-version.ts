/** A version that a collection or a watch found, with what the catalogue calls it. */
export interface FoundVersionRow {
  readonly model_id: number;
  readonly version_id: number;
  readonly name: string | null;
  readonly version_name: string | null;
  readonly type: string | null;
  readonly base_model: string | null;
  readonly creator: string | null;
  readonly published_at: string | null;
}

export function foundVersionOf(row: FoundVersionRow) {
  return {
    modelId: row.model_id,
    versionId: row.version_id,
    name: row.name ?? '',
    versionName: row.version_name ?? '',
    type: row.type ?? '',
    baseModel: row.base_model,
    creator: row.creator,
    publishedAt: row.published_at,
  };
}
