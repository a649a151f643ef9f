/** A name that no neighbour has yet, for file systems that do and do not tell `A` from `a`. */
import { ROOMY_BYTES, shorten, splitExtension } from './safe-file-name.ts';

export interface CollisionFreeNameOptions {
  /** What tells this file from its namesake, e.g. `v123456`; without it the files are numbered. */
  readonly label?: string | undefined;
  /** Longest name in bytes of UTF-8; default 223, which leaves the room that `safeFileName` leaves. */
  readonly maxBytes?: number | undefined;
}

/** `name`, or `stem (label).ext`, or `stem (label 2).ext` …: the first that is not among `existing`, ignoring case. */
export function collisionFreeName(
  name: string,
  existing: Iterable<string>,
  options: CollisionFreeNameOptions = {},
): string {
  const taken = new Set(Iterator.from(existing).map(fold));
  if (!taken.has(fold(name))) return name;
  const [stem, suffix] = splitExtension(name);
  for (let count = 1; ; count += 1) {
    const tail = ` (${distinction(options.label, count)})${suffix}`;
    const candidate = shorten(stem, (options.maxBytes ?? ROOMY_BYTES) - Buffer.byteLength(tail)) + tail;
    if (!taken.has(fold(candidate))) return candidate;
  }
}

function distinction(label: string | undefined, count: number): string {
  if (label === undefined) return String(count + 1);
  return count === 1 ? label : `${label} ${count}`;
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
