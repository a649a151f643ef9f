/**
 * Which paths stay out of a backup. A pattern without `/` matches a name at any depth; with `/` it matches the path from
 * the source. `*` and `?` stop at `/`, `**` does not; a matched folder takes its contents with it. Hidden names are names
 * like any other.
 */
import { type BytePath, displayPath } from '../format/byte-path.ts';

export type PathFilter = (path: BytePath) => boolean;

export function createPathFilter(patterns: readonly string[]): PathFilter {
  const expressions = patterns.filter((pattern) => pattern !== '').map(toExpression);
  return (path) => {
    const text = displayPath(path);
    return expressions.some((expression) => expression.test(text));
  };
}

function toExpression(pattern: string): RegExp {
  const inner = pattern.replace(/\/+$/, '');
  const anchored = inner.includes('/');
  const source = inner
    .replace(/^\//, '')
    .replace(/\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g, (token) => translations[token] ?? `\\${token}`);
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${source}$`, 'su');
}

const translations: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
