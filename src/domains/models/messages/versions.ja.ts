/** `kura models versions`. */
export const versionsJa = {
  'models.versions-of-what': '「{what}」はモデルを指していません。バージョンは 1 つのモデルの中で比較します。',
  'models.versions-of-what.advice': 'モデルの番号か、モデルのページのアドレスを指定してください。',
  'cli.models.versions': 'モデルの各バージョンを比較（ベース・サイズ・精度・統計・公開日・トリガーワード）',
  'cli.models.versions.what': 'モデルの番号またはアドレス',
  'cli.models.versions.base': 'これらのベースモデルまたは系統 (family:sdxl) のものだけ',
  'cli.models.versions.min-downloads': 'ダウンロード数がこれ以上のものだけ',
  'cli.models.versions.open': '今すぐ誰でも取得できるものだけ',
  'cli.models.versions.refresh': '少し前の応答が残っていてもサイトに問い合わせる',
  'cli.models.versions.left-out': '条件に合わないバージョン: {count} 件',
  'cli.models.versions.removed': '削除済み',
  'cli.models.versions.gated': '先行公開中',
  'cli.models.column.precision': '精度',
  'cli.models.column.likes': 'いいね',
  'cli.models.column.published': '公開日',
  'cli.models.column.words': 'トリガーワード',
};
