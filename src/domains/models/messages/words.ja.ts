/** Why a word that somebody typed was refused. */
export const wordsJa = {
  'models.word-unknown': '「{text}」という語は分かりません。次のどれかを指定してください: {all}',
  'models.word-misspelt': '「{text}」という語は分かりません。もしかして {near} ですか（指定できるもの: {all}）',
  'models.word-no-day': '2026-10-01 のような日付か、30d・2w・6m・1y のような期間を指定してください',
  'models.word-no-span': '45m・24h・2d のような長さを指定してください',
  'models.word-no-size': '200MB のようなサイズを指定してください',
  'models.watch-too-often': '10 秒以上の間隔を指定してください（10s・30m・6h など）',
};
