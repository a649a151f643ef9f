/** What a backup can be taken of, as it is written on the command line. */
import { basename, resolve } from 'node:path';

import { KuraError } from '#kernel/errors';

export type Source =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'sqlite'; readonly path: string; readonly name: string }
  | { readonly kind: 'postgres'; readonly url: URL; readonly name: string }
  | { readonly kind: 'command'; readonly name: string; readonly words: readonly [string, ...string[]] };

/**
 * A path, `sqlite:PATH`, `postgres://USER@HOST/DATABASE`, or `command:NAME` with the words of the command.
 * @throws KuraError invalid `backups.source-words`, `backups.source-address`, refused `backups.source-password`
 */
export function sourceOf(text: string, words: readonly string[]): Source {
  const [program, ...args] = words;
  const name = /^command:(.+)$/.exec(text)?.[1];
  if (name !== undefined && program !== undefined) return { kind: 'command', name, words: [program, ...args] };
  if (name !== undefined || program !== undefined) {
    throw new KuraError('invalid', 'backups.source-words', { params: { source: text } });
  }
  const database = /^sqlite:(.+)$/.exec(text)?.[1];
  if (database !== undefined) return { kind: 'sqlite', path: resolve(database), name: basename(database) };
  return /^postgres(?:ql)?:/.test(text) ? postgresOf(text) : { kind: 'folder', path: text };
}

function postgresOf(text: string): Source {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const name = url === undefined ? '' : decoded(url.pathname.slice(1));
  if (url === undefined || url.hostname === '' || name === '' || name.includes('/')) {
    throw new KuraError('invalid', 'backups.source-address', { params: { source: text.replace(/:[^:@/]*@/, '@') } });
  }
  // Everybody on this machine can read the words of a command.
  if (url.password !== '') throw new KuraError('refused', 'backups.source-password', { params: { host: url.host } });
  return { kind: 'postgres', url, name: `${name}.pgdump` };
}

/** Empty where it is no text in UTF-8, as in `/%ff`. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** What the snapshot calls it; the next one of the same name is its successor. */
export function labelOf(source: Exclude<Source, { kind: 'folder' }>): string {
  if (source.kind === 'sqlite') return `sqlite:${source.path}`;
  if (source.kind === 'command') return `command:${source.name}`;
  const { username, host, pathname } = source.url;
  return `postgres://${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
