/** Patterns for paths. Matched by hand: an expression tries every way to share a path among its wildcards. */

/**
 * `*` and `?` stop at `/`, `**` does not, `**` between slashes may also stand for no folder at all. The time is bounded
 * by the lengths of pattern and path, however many wildcards there are.
 */
export function compileGlob(pattern: string): (path: string) => boolean {
  const tokens = pattern.match(/(?<![^/])\*\*\/|\*\*|\*|\?|[^*?]+/g) ?? [];
  return (path) => matches(tokens, path);
}

/** What a wildcard took so far ends at `at`; what follows it is tried from there. */
interface Wildcard {
  readonly token: number;
  readonly at: number;
}

/**
 * Only the last wildcard of each kind is ever tried again: whatever an earlier one could leave to it, it can skip itself.
 */
function matches(tokens: readonly string[], path: string): boolean {
  let far: Wildcard | undefined;
  let near: Wildcard | undefined;
  let [token, at] = [0, 0];
  while (token < tokens.length || at < path.length) {
    const next = tokens[token] ?? '';
    if (next.startsWith('**')) {
      far = { token, at };
      near = undefined;
      token += 1;
    } else if (next === '*') {
      near = { token, at };
      token += 1;
    } else if (next !== '' && widthAt(next, path, at) > 0) {
      at += widthAt(next, path, at);
      token += 1;
    } else {
      near = near === undefined ? undefined : longer(near, tokens, path);
      far = near === undefined && far !== undefined ? longer(far, tokens, path) : far;
      const again = near ?? far;
      if (again === undefined) return false;
      token = again.token + 1;
      at = again.at;
    }
  }
  return true;
}

/** How much of the path a token other than a wildcard of any length stands for; none when it does not fit. */
function widthAt(token: string, path: string, at: number): number {
  if (token !== '?') return path.startsWith(token, at) ? token.length : 0;
  const code = path.codePointAt(at);
  if (code === undefined || path[at] === '/') return 0;
  return code > 0xff_ff ? 2 : 1;
}

function longer({ token, at }: Wildcard, tokens: readonly string[], path: string): Wildcard | undefined {
  if (tokens[token] === '**/') {
    const slash = path.indexOf('/', at);
    return slash < 0 ? undefined : { token, at: slash + 1 };
  }
  const stops = at >= path.length || (tokens[token] === '*' && path[at] === '/');
  return stops ? undefined : { token, at: at + 1 };
}
