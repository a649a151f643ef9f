/** Messages of the search. */
export const searchEn = {
  'models.bad-cursor': 'This cursor does not come from an earlier answer.',
  'models.bad-cursor.advice': 'Leave the cursor out to begin at the start.',
  'models.sort-needs-browsing':
    'The site does not tell the numbers behind “{sort}”, and beside a text it does not sort.',
  'models.sort-needs-browsing.advice': 'Leave the text out, or choose another order.',
  'cli.models.search': 'Search CivitAI; every filter really applies',
  'cli.models.search.query': 'text over names, creators and trigger words; leave out to browse',
  'cli.models.search.type': 'any of these types: LORA, Checkpoint, …',
  'cli.models.search.base': 'any of these base models: "SDXL 1.0", Pony, …',
  'cli.models.search.tag': 'all of these tags',
  'cli.models.search.category': 'any of these categories: style, character, …',
  'cli.models.search.sort': 'order: "Most Downloaded", Newest, …',
  'cli.models.search.period': 'published within: Day, Week, Month, Year, AllTime',
  'cli.models.search.creator': 'models of this creator',
  'cli.models.search.license':
    'all of these permissions: no-credit, derivatives, different-license, image, rent-civit, rent, sell',
  'cli.models.search.since': 'published since a day (2026-10-01) or within a span (30d, 2w, 6m, 1y)',
  'cli.models.search.nsfw': 'sfw (default) or all',
  'cli.models.search.limit': 'how many, default 20',
  'cli.models.search.cursor': 'go on where an earlier answer ended',
  'cli.models.search.nothing': 'Nothing found.',
  'cli.models.search.stages': 'Filters: {stages}',
  'cli.models.search.more': 'There is more: --cursor {cursor}',
  'cli.models.search.cut-short': 'The search ended early, what was found before is shown: {message}',
  'models.parameter-refused':
    'The site refused to filter or sort by “{parameter}”, so Kura does it itself; that takes more pages.',
} as const;
