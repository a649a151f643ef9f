/** Answers of the site as they were sent. */
export const rawEn = {
  'route.models.read-raw-answers': 'What the site answered about a model, word for word',
  'models.raw-of-what': 'The answers about what? Neither a model nor a version was named.',
  'models.raw-of-what.advice': 'Give the number or address of a model, MODEL@VERSION or @VERSION.',
  'models.raw-unknown': 'The catalogue holds no answer of the site about this.',
  'models.raw-unknown.advice':
    'Answers are kept from the first time Kura sees a model: “kura models show” asks the site for it.',

  'cli.models.raw': 'print what the site sent about a model, word for word, as the catalogue keeps it',
  'cli.models.raw.what': 'model, MODEL@VERSION, @VERSION, or an address of one',
  'cli.models.raw.model': 'model {id}',
  'cli.models.raw.version': 'version {id}',
  'cli.models.raw.list': 'from a list, which leaves things out',
  'cli.models.raw.detail': 'from the page of its own',
};
