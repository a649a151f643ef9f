import { readFileSync } from 'node:fs';

/** A file of a real writer, kept beside the corpus. */
export function sample(path: string): Buffer {
  return readFileSync(new URL(`../${path}`, import.meta.url));
}
