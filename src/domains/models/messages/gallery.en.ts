/** The gallery of the site. */
export const galleryEn = {
  'route.models.read-gallery': 'Pictures of a model, a version or a person, with prompts and settings',
  'models.gallery-of-what': 'Pictures of what? Neither a model, nor a version, nor a person was named.',
  'models.gallery-of-what.advice':
    'Give the number or address of a model, MODEL@VERSION, or --creator NAME. A hash does not do here.',
  'models.gallery-order': 'Beside a model neither the site nor Kura can tell what was collected most.',
  'models.gallery-order.advice': 'Take another order, or name one version of the model (MODEL@VERSION).',
  'models.gallery-mildest-only':
    'The site was not asked by rating, which is switched off; it then shows only the mildest pictures (PG).',
  'models.gallery-without-prompts': 'The site was not asked for prompts, which is switched off.',

  'cli.models.images': 'show pictures made with a model, with prompts, seeds and samplers',
  'cli.models.images.what': 'model, MODEL@VERSION, @VERSION, or an address of one',
  'cli.models.images.creator': 'only what this person posted; also without a model',
  'cli.models.images.nsfw': 'sfw (default) or all; minors and real people in adult pictures are never shown',
  'cli.models.images.sort': 'Newest, Oldest, Most Reactions (default), Most Comments, Most Collected',
  'cli.models.images.period': 'Day, Week, Month, Year or AllTime (default)',
  'cli.models.images.width': 'give addresses of pictures of this width in pixels (256, 512, 1024, 2048 …)',
  'cli.models.images.limit': 'how many pictures, 1 to 1000 (default 20)',
  'cli.models.images.cursor': 'go on where an earlier answer ended',
  'cli.models.images.refresh': 'ask the site even when it answered a short while ago',
  'cli.models.images.counts': '{reactions} reactions, {comments} comments',
  'cli.models.images.steps': '{steps} steps',
  'cli.models.images.seed': 'seed {seed}',
  'cli.models.images.no-prompt': 'no prompt published',
  'cli.models.images.withheld': '(left out: names what safe mode does not show)',
  'cli.models.images.nothing': 'No pictures that may be shown.',
  'cli.models.images.left-out': 'Left out by the rules of content: {count}.',
  'cli.models.images.sorted-here': 'The site does not sort beside a model; Kura sorted what it read by {sort}.',
  'cli.models.images.as-of': 'The site’s answer is of {at}; --refresh asks anew.',
  'cli.models.images.go-on': 'There are more: --cursor {cursor}',
  'cli.models.images.cut-short': 'Ended early; what came before stands. {message}',
};
