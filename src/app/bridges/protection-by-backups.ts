/** models ← backups: how many copies of a file's bytes exist, where, and how many were read back and found right. */
import type { Backups } from '#backups';
import { sha256 } from '#kernel/brands';
import type { Protection } from '#models/ports';

export function protectionByBackups(backups: Backups): Protection {
  return {
    async of(file) {
      const content = sha256(file.sha256);
      const held = (await backups.protectionOf([content])).get(content) ?? [];
      return {
        copies: held.length,
        verifiedCopies: held.filter((copy) => copy.verifiedAt !== null).length,
        locations: held.map((copy) => `${copy.copy} (${copy.site})`),
      };
    },
  };
}
