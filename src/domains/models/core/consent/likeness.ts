/** Models of people who exist (models.md M-174, M-175). */
import type { WantedFile } from '../downloads/wanted-file.ts';

/**
 * Whether the model is said to show a real person: by the site's flag, or by the tag `celebrity`. Nobody can tell from
 * a name, so names are not looked at.
 */
export function showsRealPerson({ model, version }: Pick<WantedFile, 'model' | 'version'>): boolean {
  if (model?.poi === true || version.model?.poi === true) return true;
  return model?.tags.some((tag) => tag.normalize('NFKC').trim().toLowerCase() === 'celebrity') ?? false;
}
