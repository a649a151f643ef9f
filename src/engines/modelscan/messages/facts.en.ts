/** Why something is believed of a model file. */
export const factsEn = {
  'modelscan.fact-by-names': 'tensors such as {name} ({count})',
  'modelscan.fact-by-sides': '{name} has a side of {side}',
  'modelscan.fact-by-note': 'the file itself says {value}',
} as const;
