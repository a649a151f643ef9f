/** Extended attributes of a path, POSIX ACLs among them: Linux shows these as `system.posix_acl_access` and `_default`. */
import { systemCode } from '#kernel/errors';

import type { Libc } from './libc.ts';

export interface ExtendedAttribute {
  readonly name: Buffer;
  readonly value: Buffer;
}

/** Links are not followed; a file system without attributes has none. @throws the system error. */
export function readAttributes(libc: Libc, path: Buffer): readonly ExtendedAttribute[] {
  return namesAt(libc, path).flatMap((name) => {
    const value = libc.readAttribute(path, name);
    return value === undefined ? [] : [{ name, value }];
  });
}

/**
 * Gives the path these attributes and takes others away (a new file inherits its folder's default ACL). What the
 * kernel refuses is returned; `security.*` belongs to the system and is never taken away.
 */
export function replaceAttributes(
  libc: Libc,
  path: Buffer,
  wanted: readonly ExtendedAttribute[],
): readonly RefusedAttribute[] {
  const refused: RefusedAttribute[] = [];
  function attempt(name: Buffer, work: () => void): void {
    try {
      work();
    } catch (error) {
      refused.push({ name: name.toString(), error });
    }
  }
  const unwanted = namesAt(libc, path).filter((name) => !wanted.some((one) => one.name.equals(name)));
  for (const name of unwanted) {
    if (!name.toString('latin1').startsWith('security.')) attempt(name, () => libc.removeAttribute(path, name));
  }
  for (const { name, value } of wanted) attempt(name, () => libc.writeAttribute(path, name, value));
  return refused;
}

export interface RefusedAttribute {
  readonly name: string;
  readonly error: unknown;
}

function namesAt(libc: Libc, path: Buffer): readonly Buffer[] {
  try {
    return libc.listAttributes(path);
  } catch (error) {
    if (systemCode(error) === 'ENOTSUP' || systemCode(error) === 'EOPNOTSUPP') return [];
    throw error;
  }
}
