/** Nominal types: a `VersionId` is a number that nothing but its constructor may call so. */
declare const brand: unique symbol;

export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A count of bytes; never KB or KiB. */
export type Bytes = Brand<number, 'Bytes'>;
/** SHA-256 of a whole file, 64 lower-case hex digits. */
export type Sha256 = Brand<string, 'Sha256'>;
/** An instant as ISO 8601 in UTC with milliseconds, `2026-11-22T00:00:00.000Z`: sorts as text. */
export type Instant = Brand<string, 'Instant'>;

export function bytes(count: number): Bytes {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a byte count: ${count}`);
  return count as Bytes;
}

export function instant(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** @throws RangeError when `text` is not 64 hex digits. */
export function sha256(text: string): Sha256 {
  const lower = text.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(lower)) throw new RangeError(`not a SHA-256: ${text.slice(0, 80)}`);
  return lower as Sha256;
}
