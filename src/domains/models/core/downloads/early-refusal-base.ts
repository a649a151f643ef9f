/**
 * A file made for another base model than its version says. Only what tensors prove counts, only between families that
 * their tensors tell apart, and only when the file itself does not say otherwise.
 */
import { baseNames, baseOfNote, type ScanReport } from '#engines/modelscan';
import { KuraError } from '#kernel/errors';

import { familyOf } from '../vocabulary/base-models.ts';

/** Families no file of which looks like one of another: what else shares blocks with Flux is not in the list. */
const distinct: ReadonlySet<string> = new Set(['sd1', 'sd2', 'sdxl', 'sd3', 'flux1']);
/** A few tensors, or many of a layout that others have taken over, which are not in the list either. */
const ENOUGH = 0.5;

/** What the site says of a file. */
export interface ClaimedFile {
  readonly file: { readonly name: string };
  readonly version: { readonly baseModel: string | null };
}

/** Undefined when the base agrees, when it cannot be told, or when it is not told of any. */
export function refusalOfBase(
  { format, wanted, facts, sizeBytes }: Pick<ScanReport, 'format' | 'wanted' | 'facts' | 'sizeBytes'>,
  { file, version }: ClaimedFile,
): KuraError | undefined {
  const claimed = lineOf(version.baseModel);
  if (format !== 'safetensors' || wanted !== undefined || claimed === undefined || facts === undefined)
    return undefined;
  const found = facts.base;
  if (found === null || found.confidence < ENOUGH || !distinct.has(found.id) || found.id === claimed) return undefined;
  const stated = facts.statedBases.map(baseOfNote);
  // What only a note says is no proof.
  if (stated.includes(claimed) || found.reasons.every(({ code }) => code === 'modelscan.fact-by-note'))
    return undefined;
  const params = { name: file.name, claimed: version.baseModel, found: baseNames[found.id], sizeBytes };
  return new KuraError('mismatch', 'models.wrong-base-model', { params });
}

/** The family whose tensors a base model has; undefined for those that cannot be told apart. */
function lineOf(baseModel: string | null): string | undefined {
  const family = baseModel === null ? undefined : familyOf(baseModel);
  const line = family?.within ?? family?.id;
  return line !== undefined && distinct.has(line) ? line : undefined;
}
