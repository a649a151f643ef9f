import { isAbsolute, relative, sep } from 'node:path';

/**
 * The way from a folder down to a path: empty to itself, undefined when the path is not in it. A name that only begins
 * with two dots leads nowhere. Links are not followed: whoever distrusts them asks with real paths.
 */
export function wayDown(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? undefined : way;
}
