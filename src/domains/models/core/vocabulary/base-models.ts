/** All base models and families that Kura came with; what the site adds is learned (observed-values). */
import { findWord, plainWord, type SpelledWord } from '../../contract/index.ts';
import type { BaseFamily, BaseModel } from './base-family.ts';
import { imageFamilies } from './image-families.ts';
import { motionFamilies } from './motion-families.ts';

export const baseFamilies: readonly BaseFamily[] = [...imageFamilies, ...motionFamilies];
export const baseModels: readonly BaseModel[] = baseFamilies.flatMap(({ bases }) => bases);
export const baseWords: readonly SpelledWord[] = baseModels.map(({ name, aliases }) => ({ word: name, aliases }));
export const familyWords: readonly SpelledWord[] = baseFamilies.map(({ id, aliases }) => ({ word: id, aliases }));

const familyByBase = new Map(
  baseFamilies.flatMap((family) => family.bases.map(({ name }) => [plainWord(name), family] as const)),
);

/** The nearest family of a base model, by its exact name; undefined for those nobody here knows. */
export function familyOf(baseModel: string): BaseFamily | undefined {
  return familyByBase.get(plainWord(baseModel));
}

/**
 * Every base model of a family and of the families that inherit its architecture: `sdxl` takes in Illustrious, NoobAI
 * and Pony. Undefined when there is no such family.
 */
export function basesOfFamily(text: string): readonly string[] | undefined {
  const id = findWord(text, familyWords)?.word;
  if (id === undefined) return undefined;
  return baseFamilies.filter((family) => isWithin(family, id)).flatMap(({ bases }) => bases.map(({ name }) => name));
}

/** The base models of several families; one that nobody knows is taken for a base model itself. */
export function basesOfFamilies(families: readonly string[]): readonly string[] {
  return families.flatMap((family) => basesOfFamily(family) ?? [family]);
}

function isWithin(family: BaseFamily, id: string): boolean {
  if (family.id === id) return true;
  const parent = baseFamilies.find((one) => one.id === family.within);
  return parent !== undefined && isWithin(parent, id);
}
