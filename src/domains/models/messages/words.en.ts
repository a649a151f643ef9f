/** Why a word that somebody typed was refused. */
export const wordsEn = {
  'models.word-unknown': 'unknown word “{text}” – it must be one of {all}',
  'models.word-misspelt': 'unknown word “{text}” – did you mean {near}? (all: {all})',
  'models.word-no-day': 'must be a day such as 2026-10-01 or a span such as 30d, 2w, 6m, 1y',
  'models.word-no-span': 'must be a span such as 45m, 24h, 2d',
  'models.word-no-size': 'must be a size such as 200MB',
  'models.watch-too-often': 'must be 10 seconds or more, such as 10s, 30m or 6h',
};
