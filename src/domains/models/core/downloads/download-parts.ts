/** What of a download is wanted: the model file, the side-cars beside it, the preview picture (models.md M-132). */
import { type DownloadPart, downloadParts } from '../../contract/index.ts';

export interface PartChoice {
  /** Only these; default: all. */
  readonly only?: readonly DownloadPart[] | undefined;
  /** Not these. */
  readonly without?: readonly DownloadPart[] | undefined;
}

/** In the order of the vocabulary. */
export function chosenParts({ only, without = [] }: PartChoice): readonly DownloadPart[] {
  return downloadParts.filter((part) => (only ?? downloadParts).includes(part) && !without.includes(part));
}
