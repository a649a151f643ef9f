/** Where a repository lies behind rclone, from its address. */
import { KuraError } from '#kernel/errors';

export interface RclonePlace {
  /** As given. */
  readonly location: string;
  /** In rclone's own words: `remote:path`. */
  readonly remote: string;
}

/**
 * `rclone:REMOTE:PATH`, where REMOTE has a name in rclone's configuration. Remotes that are described in the address itself
 * (`:http,url=…:`) would let whoever may enter an address reach anything, and are refused.
 * @throws KuraError invalid `rclone.address`
 */
export function rclonePlace(address: string): RclonePlace {
  const [, name, path] = /^rclone:([\p{L}\p{N}_][\p{L}\p{N}_.+@ -]*):(.*)$/u.exec(address) ?? [];
  if (name === undefined || path === undefined || path.split('/').includes('..')) {
    throw new KuraError('invalid', 'rclone.address', { params: { address } });
  }
  return { location: address, remote: `${name}:${path.replace(/\/+$/, '')}` };
}
