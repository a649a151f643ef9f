import type { EngineName } from './backup-engine.ts';

/**
 * The server that a tool's address names; undefined for folders, and for services that the address does not name
 * (`b2:`, `azure:`, `gs:`) or that rclone's own configuration does.
 */
export function toolHost(tool: EngineName, repository: string): string | undefined {
  if (tool === 'rclone') return undefined;
  // Both ways of writing sftp: `sftp:user@host:/path` and `sftp://user@host:2222//path`.
  const short = /^sftp:(?!\/\/)(?:[^@/]*@)?(\[[^\]]+\]|[^:/]+):/.exec(repository)?.[1];
  if (short !== undefined) return short;
  const url = repository.replace(/^(?:rest|s3):(?=https?:\/\/)/, '').replace(/^s3:(?!\/\/)/, 'https://');
  if (!/^(?:https?|sftp|ssh):\/\//.test(url) || !URL.canParse(url)) return undefined;
  return new URL(url).hostname;
}
