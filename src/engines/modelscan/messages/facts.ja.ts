import type { factsEn } from './facts.en.ts';

export const factsJa: Readonly<Record<keyof typeof factsEn, string>> = {
  'modelscan.fact-by-names': '{name} などのテンソルがある({count}個)',
  'modelscan.fact-by-sides': '{name} の一辺が {side}',
  'modelscan.fact-by-note': 'ファイル自身が {value} と記している',
};
