/** Every primitive, empty list and empty object in a value with how often it stands there, for "nothing was lost". */
function leavesOf(value: unknown, leaves = new Map<string, number>()): Map<string, number> {
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  if (inner.length === 0) {
    const leaf = JSON.stringify(value) ?? 'undefined';
    leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
  }
  for (const entry of inner) leavesOf(entry, leaves);
  return leaves;
}

/** Leaves of `sent` that `kept` has less often. */
export function leavesLost(sent: unknown, kept: unknown): readonly string[] {
  const found = leavesOf(kept);
  return [...leavesOf(sent)].filter(([leaf, count]) => (found.get(leaf) ?? 0) < count).map(([leaf]) => leaf);
}

/** Fields whose content is the server's. */
const asSent: ReadonlySet<string> = new Set(['extra', 'raw', 'meta']);

/** A record without the answers that it keeps as sent beside its own fields, which would make every reader lossless. */
export function withoutRaw(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutRaw);
  const isRecord = Object.hasOwn(value, 'raw') && Object.hasOwn(value, 'extra');
  const entries = Object.entries(value).filter(([key]) => !(isRecord && key === 'raw'));
  return Object.fromEntries(entries.map(([key, entry]) => [key, asSent.has(key) ? entry : withoutRaw(entry)]));
}
