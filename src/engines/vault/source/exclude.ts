/**
 * Which paths stay out of a backup. A pattern without `/` matches a name at any depth; with `/` it matches the path from
 * the source. `*` and `?` stop at `/`, `**` does not; a matched folder takes its contents with it. Hidden names are names
 * like any other.
 */
import { type BytePath, displayPath } from '../format/byte-path.ts';
import { compileGlob } from './glob.ts';

export type PathFilter = (path: BytePath) => boolean;

export function createPathFilter(patterns: readonly string[]): PathFilter {
  const globs = patterns.filter((pattern) => pattern !== '').map(toGlob);
  return (path) => {
    const text = displayPath(path);
    return globs.some((fits) => fits(text));
  };
}

function toGlob(pattern: string): (path: string) => boolean {
  const inner = pattern.replace(/\/+$/, '');
  return compileGlob(inner.includes('/') ? inner.replace(/^\//, '') : `**/${inner}`);
}
