/** What is said of downloads that bring only a part, or that were asked for in a way that cannot be. */
export const downloadOptionsEn = {
  'cli.models.get.missing': 'also every file of the library that is no longer on disk',
  'cli.models.get.nothing-missing': 'Every file of the library is where it should be.',
  'cli.models.get.all-files': 'every file of each version; the same as --file all',
  'cli.models.get.only': 'only these parts: model, sidecars, images',
  'cli.models.get.model': 'leave the model files as they are',
  'cli.models.get.sidecars': 'write no files with metadata beside the models',
  'cli.models.get.images': 'fetch no preview images',
  'cli.models.get.force': 'fetch again what is there; it is replaced only by a verified new file',
  'cli.models.get.limit-rate': 'bandwidth for all files together, e.g. 500K or 2M (bytes per second)',
  'cli.models.verify.limit-rate': 'how fast to read, e.g. 50M (bytes per second)',
  'models.beside-renewed':
    'The model file was left as it is; {count, count(one: file stands; other: files stand)} beside it.',
  'models.nothing-to-stand-beside': '{name} is not in the library, so nothing was written beside it.',
  'models.nothing-to-stand-beside.advice': 'Get the model itself first, or repair it if it is missing or damaged.',
} as const;
