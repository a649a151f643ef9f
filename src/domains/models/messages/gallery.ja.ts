/** The gallery of the site. */
export const galleryJa = {
  'route.models.read-gallery': 'モデル・バージョン・作者の画像とプロンプト・設定',
  'models.gallery-of-what':
    '何の画像を表示するのか分かりません。モデル・バージョン・投稿者のどれも指定されていません。',
  'models.gallery-of-what.advice':
    'モデルの番号かアドレス、「モデル@バージョン」、または --creator 名前 を指定してください。ハッシュは使えません。',
  'models.gallery-order': 'モデル単位では、保存数の多い順をサイトも Kura も判定できません。',
  'models.gallery-order.advice': '別の並び順にするか、バージョンを 1 つ指定してください（モデル@バージョン）。',
  'models.gallery-mildest-only':
    'レーティング指定の問い合わせは無効になっているため使いませんでした。サイトは最も穏やかな画像（PG）だけを返します。',
  'models.gallery-without-prompts': 'プロンプトの問い合わせは無効になっているため、サイトに求めませんでした。',

  'cli.models.images': 'モデルで作られた画像を、プロンプト・シード・サンプラーとともに表示',
  'cli.models.images.what': 'モデル、「モデル@バージョン」、「@バージョン」、またはそのアドレス',
  'cli.models.images.creator': 'この人が投稿した画像だけ（モデルを指定しなくてもよい）',
  'cli.models.images.nsfw': 'sfw（既定）または all。未成年や実在の人物の成人向け画像は決して表示しません',
  'cli.models.images.sort': 'Newest、Oldest、Most Reactions（既定）、Most Comments、Most Collected',
  'cli.models.images.period': 'Day、Week、Month、Year、AllTime（既定）',
  'cli.models.images.width': '画像のアドレスをこの幅（ピクセル）にする（256、512、1024、2048 など）',
  'cli.models.images.limit': '画像の数、1〜1000（既定 20）',
  'cli.models.images.cursor': '前の応答の続きから',
  'cli.models.images.refresh': '少し前の応答が残っていてもサイトに問い合わせる',
  'cli.models.images.counts': 'リアクション {reactions}、コメント {comments}',
  'cli.models.images.steps': '{steps} ステップ',
  'cli.models.images.seed': 'シード {seed}',
  'cli.models.images.no-prompt': 'プロンプトは公開されていません',
  'cli.models.images.withheld': '（省略：セーフモードで表示しない語を含みます）',
  'cli.models.images.nothing': '表示できる画像はありません。',
  'cli.models.images.left-out': 'コンテンツの規則で除いた画像: {count} 件',
  'cli.models.images.sorted-here': 'サイトはモデル単位では並べ替えません。読み込んだ分を Kura が {sort} で並べました。',
  'cli.models.images.as-of': 'サイトの {at} 時点の応答です。--refresh で問い合わせ直します。',
  'cli.models.images.go-on': '続きがあります: --cursor {cursor}',
  'cli.models.images.cut-short': '途中で終わりました。それまでの分は有効です。{message}',
};
