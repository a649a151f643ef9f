/** `kura models versions`. */
export const versionsEn = {
  'models.versions-of-what': '“{what}” names no model. Versions are compared within one model.',
  'models.versions-of-what.advice': 'Give the number of a model or the address of its page.',
  'cli.models.versions': 'Compare the versions of a model: base, size, precision, counters, date, trigger words',
  'cli.models.versions.what': 'number or address of a model',
  'cli.models.versions.base': 'only for these base models or families (family:sdxl)',
  'cli.models.versions.min-downloads': 'only with so many downloads or more',
  'cli.models.versions.open': 'only what everybody can fetch now',
  'cli.models.versions.refresh': 'ask the site even when it answered a short while ago',
  'cli.models.versions.left-out': 'Versions that do not fit: {count}.',
  'cli.models.versions.removed': 'removed',
  'cli.models.versions.gated': 'early access',
  'cli.models.column.precision': 'PRECISION',
  'cli.models.column.likes': 'LIKES',
  'cli.models.column.published': 'PUBLISHED',
  'cli.models.column.words': 'TRIGGER WORDS',
};
