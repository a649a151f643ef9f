import type { FileId, VersionId } from './ids.ts';

/**
 * The address that yields exactly one file. Without `fileId` the server picks by the account's preferences, which
 * need not be the file the API marks primary, so name the file whenever it is known (civitai-api.md §4.1, §4.3).
 */
export function buildDownloadUrl(siteUrl: string, versionId: VersionId, fileId?: FileId): string {
  const url = `${siteUrl.replace(/\/+$/, '')}/api/download/models/${versionId}`;
  return fileId === undefined ? url : `${url}?fileId=${fileId}`;
}

/** Addresses of material that is no file of a version (civitai-api.md §2.14, §4.1). */
export function buildMaterialUrl(siteUrl: string, kind: 'attachments' | 'training' | 'vault', id: number): string {
  return `${siteUrl.replace(/\/+$/, '')}/api/download/${kind}/${id}`;
}
