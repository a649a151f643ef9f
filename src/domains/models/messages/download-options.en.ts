/** What is said of downloads that bring only a part, or that were asked for in a way that cannot be. */
export const downloadOptionsEn = {
  'models.beside-renewed': 'The model file was left as it is; {count} files stand beside it.',
  'models.nothing-to-stand-beside': '{name} is not in the library, so nothing was written beside it.',
  'models.nothing-to-stand-beside.advice': 'Get the model itself first, or repair it if it is missing or damaged.',
} as const;
