const longest = 56;

interface KeyRules {
  /** For names without a single letter that a key may have, as Japanese ones. */
  readonly fallback: string;
  readonly taken: readonly string[];
}

/** A key for what a tool calls its job, that no other job has: `Nightly SQL (Hyper-V)` becomes `nightly-sql-hyper-v`. */
export function jobKeyOf(name: string, { fallback, taken }: KeyRules): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^a-z0-9._]+/);
  const spelled = words
    .filter((word) => word !== '')
    .join('-')
    .slice(0, longest);
  const base = trimmed(spelled) || fallback;
  const used = new Set(taken);
  let key = base;
  for (let number = 2; used.has(key); number += 1) key = `${base}-${number}`;
  return key;
}

/** A key begins with a letter or digit. */
function trimmed(text: string): string {
  return text.replace(/^[^a-z0-9]+/, '');
}
