/**
 * Which files are worth cutting by content: those that live on, as databases, texts, logs and disk images do. They are
 * known by what they consist of: it shrinks well. Weights, media and archives do not, and are not edited in the middle.
 */
import { frameSaves, samplesOf } from '../format/compression.ts';
import { fileCuts } from '../format/cut-by-content.ts';

/** Weights in bfloat16 lose a fifth, texts and databases half and more. */
const LIVING_FROM = 0.35;
/** Nothing but zeros: the empty parts of images; long chunks are the cheapest for those. */
const EMPTY_FROM = 0.99;
const sqliteMagic = Buffer.from('SQLite format 3\0');

/** @param beginning of the file, as much as was read at once. */
export function looksLiving(beginning: Uint8Array): boolean {
  if (beginning.byteLength <= fileCuts.most) return false;
  if (sqliteMagic.equals(beginning.subarray(0, sqliteMagic.byteLength))) return true;
  const samples = samplesOf(beginning);
  const saves = samples.reduce((sum, sample) => sum + frameSaves(sample), 0) / samples.length;
  return saves >= LIVING_FROM && saves < EMPTY_FROM;
}
