/** All kinds of model files Kura knows, and the site's types among them (models.md M-002, P-092). */
import { plainWord, type SpelledWord } from '../../contract/index.ts';
import { adapterKinds } from './adapter-kinds.ts';
import { componentKinds } from './component-kinds.ts';
import { documentKinds } from './document-kinds.ts';
import type { ModelKind } from './model-kind.ts';
import { toolKinds } from './tool-kinds.ts';
import { weightsKinds } from './weights-kinds.ts';

export const modelKinds: readonly ModelKind[] = [
  ...weightsKinds,
  ...adapterKinds,
  ...componentKinds,
  ...toolKinds,
  ...documentKinds,
];

const rootKinds = modelKinds.filter(({ apiType, parent }) => apiType !== null && parent === null);
/** The first kind of each type of the site. */
const mainKinds = rootKinds.filter((kind) => rootKinds.find(({ apiType }) => apiType === kind.apiType) === kind);

/** The site's types with what people call them; finer kinds are not among them, so that nothing is widened silently. */
export const typeWords: readonly SpelledWord[] = mainKinds.map(({ apiType, id, aliases }) => ({
  word: apiType ?? id,
  aliases: [...aliases, id],
}));
export const kindWords: readonly SpelledWord[] = modelKinds.map(({ id, aliases }) => ({ word: id, aliases }));

const kindById = new Map(modelKinds.map((kind) => [kind.id, kind]));
const kindByType = new Map(mainKinds.map((kind) => [plainWord(kind.apiType ?? ''), kind]));

export function kindNamed(id: string): ModelKind | undefined {
  return kindById.get(id);
}

/** What a type of the site is when nothing more is known; undefined for types nobody here knows. */
export function kindOfType(type: string): ModelKind | undefined {
  return kindByType.get(plainWord(type));
}
