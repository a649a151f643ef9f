/** Which file a download URL gives (contract note §4.3): points for matching metadata, most points win. */
import type { CatalogueFile, CatalogueVersion } from '../catalogue/entities.ts';
import type { Account } from './exchange.ts';

export interface Selectors {
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly size?: string | undefined;
  readonly fp?: string | undefined;
  readonly quantType?: string | undefined;
}

const weights = { format: 100, size: 10, fp: 1, quantType: 0.5 } as const;
const defaults = { format: 'SafeTensor', size: 'pruned', fp: 'fp16', quantType: 'Q4_K_M' } as const;
const mainTypes = new Set(['Model', 'Pruned Model', 'Diffusion Model', 'UNet']);
const componentTypes = new Set([
  'VAE',
  'Text Encoder',
  'Vision Encoder',
  'CLIPVision',
  'UNet',
  'ControlNet',
  'Upscaler',
]);

/** The chosen file, or undefined when none fits; the account's preferences count like wishes in the URL. */
export function chooseFile(
  version: CatalogueVersion,
  selectors: Selectors,
  account: Account | undefined,
): CatalogueFile | undefined {
  const preference = { ...defaults, ...account?.preferences, ...withoutUndefined(selectors) };
  const own = version.files.filter((file) => selectors.type === undefined || file.type === selectors.type);
  const linked = componentTypes.has(selectors.type ?? '') ? version.linkedFiles : [];
  const candidates = own.length > 0 ? own : linked.filter((file) => file.type === selectors.type);
  const [best] = candidates
    .map((file) => ({ file, score: scoreOf(file, preference) }))
    .sort((a, b) => b.score - a.score);
  const asked = Object.keys(weights).filter((key): key is keyof typeof weights => key in weights);
  const fits =
    best !== undefined &&
    asked.every((key) => selectors[key] === undefined || best.file.metadata[key] === selectors[key]);
  return fits ? best.file : undefined;
}

function scoreOf(file: CatalogueFile, preference: Readonly<Record<keyof typeof weights, string>>): number {
  let score = 1000 + (mainTypes.has(file.type) ? 1000 : 0);
  for (const key of ['format', 'size', 'fp', 'quantType'] as const) {
    const value = file.metadata[key];
    if (value === undefined || value === null) continue;
    score += value === preference[key] ? weights[key] : -weights[key];
  }
  return score;
}

function withoutUndefined(selectors: Selectors): Partial<Record<keyof typeof weights, string>> {
  return Object.fromEntries(Object.entries(selectors).filter(([, value]) => value !== undefined));
}
