/** Answers of the site as they were sent. */
export const rawJa = {
  'route.models.read-raw-answers': 'モデルについてサイトが返した応答そのもの',
  'models.raw-of-what': '何についての応答か分かりません。モデルもバージョンも指定されていません。',
  'models.raw-of-what.advice': 'モデルの番号かアドレス、「モデル@バージョン」または「@バージョン」を指定してください。',
  'models.raw-unknown': 'これについてのサイトの応答は、カタログに残っていません。',
  'models.raw-unknown.advice':
    '応答は Kura が初めてモデルを見たときから残ります。「kura models show」でサイトに問い合わせてください。',

  'cli.models.raw': 'カタログに残した、モデルについてのサイトの応答をそのまま表示',
  'cli.models.raw.what': 'モデル、「モデル@バージョン」、「@バージョン」、またはそのアドレス',
  'cli.models.raw.model': 'モデル {id}',
  'cli.models.raw.version': 'バージョン {id}',
  'cli.models.raw.list': '一覧から（省略された項目があります）',
  'cli.models.raw.detail': '個別の応答から',
};
