import type { galleryEn } from './gallery.en.ts';

export const galleryJa: Readonly<Record<keyof typeof galleryEn, string>> = {
  'models.raw': 'サイトの応答そのもの',
  'models.raw.open': '保存内容を開く（JSON）',
  'models.gallery.title': 'このモデルで作られた画像',
  'models.gallery.lead':
    '他の人がこのモデルで作った画像の情報とプロンプトです。誰が見ても安全なものだけを表示します。このページは外部から何も読み込まないため、画像そのものはサイトで開いてください。',
  'models.gallery.ask': 'サイトに問い合わせる',
  'models.gallery.none': '表示できる画像はありません',
  'models.gallery.more': 'さらに表示',
  'models.gallery.open': 'サイトで画像を開く',
  'models.gallery.reactions': 'リアクション {reactions}',
  'models.gallery.no-prompt': 'プロンプトは公開されていません。',
  'models.gallery.prompt': 'プロンプト',
  'models.gallery.negative': 'ネガティブプロンプト',
  'models.gallery.withheld': '省略：誰が見ても安全とは言えない語を含みます。',
  'models.gallery.settings': '設定',
  'models.gallery.steps': '{steps} ステップ',
  'models.gallery.seed': 'シード {seed}',
};
