export const galleryEn = {
  'models.raw': 'The site’s own words',
  'models.raw.open': 'As kept (JSON)',
  'models.gallery.title': 'Pictures made with it',
  'models.gallery.lead':
    'What others made with this model, with their prompts. Only what is safe for everybody; the pictures themselves stay on the site, because this page loads nothing from elsewhere.',
  'models.gallery.ask': 'Ask the site',
  'models.gallery.none': 'No pictures that may be shown',
  'models.gallery.more': 'More pictures',
  'models.gallery.open': 'Picture at the site',
  'models.gallery.reactions': '{reactions} reactions',
  'models.gallery.no-prompt': 'No prompt published.',
  'models.gallery.prompt': 'Prompt',
  'models.gallery.negative': 'Not wanted',
  'models.gallery.withheld': 'Left out: names what is not safe for everybody.',
  'models.gallery.settings': 'Settings',
  'models.gallery.steps': '{steps} steps',
  'models.gallery.seed': 'seed {seed}',
};
