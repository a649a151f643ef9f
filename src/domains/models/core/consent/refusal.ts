/** What must not be fetched at all, and what only after somebody has said yes (models.md M-174 to M-176). */
import type { WantedFile } from '../downloads/wanted-file.ts';
import { rateVersion } from '../search/content-rating.ts';

/** `excluded`: minors or real people with adult content; `consent-needed`: real people nobody said yes to so far. */
export type Refusal = 'excluded' | 'consent-needed';

export function refusalOf(wanted: Pick<WantedFile, 'model' | 'version'>, isAccepted: boolean): Refusal | undefined {
  const { model, version } = wanted;
  if (model !== null && rateVersion(model, version) === 'excluded') return 'excluded';
  return isAccepted || !showsRealPerson(wanted) ? undefined : 'consent-needed';
}

/**
 * Whether the model is said to show a real person: by the site's flag, or by the tag `celebrity`. Nobody can tell from
 * a name, so names are not looked at.
 */
export function showsRealPerson({ model, version }: Pick<WantedFile, 'model' | 'version'>): boolean {
  if (model?.poi === true || version.model?.poi === true) return true;
  return model?.tags.some((tag) => tag.normalize('NFKC').trim().toLowerCase() === 'celebrity') ?? false;
}
