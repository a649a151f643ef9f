import type { Catalogue } from '#kernel/messages';

import type { libraryOrderEn } from './library-order.en.ts';

export const libraryOrderJa: Catalogue<keyof typeof libraryOrderEn> = {
  'models.file-gone': '{path} が見つかりません。何も移動していません。',
  'models.file-gone.advice': 'kura models verify を実行し、その後 kura models repair を実行してください。',
  'models.file-moved-on': 'このファイルはその後 {path} に移動されています。そのままにしました。',
  'models.file-moved-on.advice': '手動で移動するか、kura models organize を実行してください。',
  'models.adopt-elsewhere':
    '{path} は、ライブラリーのフォルダーにも、画面から登録してよいフォルダーにも含まれません。何も読み込んでいません。',
  'models.adopt-elsewhere.advice':
    '設定 models.adoptFolders にフォルダーを追加するか、そのマシンで kura models adopt を実行してください。',
  'models.adopt-not-found': '{path} が見つかりません。',
  'models.adopt-not-found.advice': 'サーバーから見た絶対パスを入力してください。',
  'models.nothing-to-move-back': '元に戻せる移動はありません。',
  'models.nothing-to-move-back.advice': '移動の記録で、移動したものと元に戻したものを確認できます。',
  'models.work-not-found': 'この作業の記録はありません: {id}',
  'models.work-not-found.advice':
    '終わってから時間がたった作業の記録は消えます。移動したものは移動の記録に、登録したものはライブラリーにあります。',
  'route.models.adopt-files': '手元のモデルファイルを今の場所のまま登録 (ジョブ)',
  'route.models.plan-library-moves': 'レイアウトに従って移動されるファイルの確認 (移動はしない)',
  'route.models.organize-library': 'レイアウトのフォルダーへの移動 (ジョブ)',
  'route.models.undo-organizing': '直前の移動の取り消し (ジョブ)',
  'route.models.list-library-moves': 'ライブラリー内の移動の記録',
  'route.models.read-library-work': 'ジョブの中で各ファイルがどうなったか',
  'route.models.export-library': 'ライセンス情報付きのライブラリー一覧をファイルで取得',
  'cli.models.adopt': '手元にあるモデルファイルを、今の場所のままライブラリーに登録する',
  'cli.models.adopt.path': 'フォルダーまたはファイル',
  'cli.models.adopt.offline': 'どのモデルかをローカルのカタログだけで調べる',
  'cli.models.adopt.accept-risk': 'ポリシーが確認を求めるファイルも登録する',
  'cli.models.adopt.dry-run': '登録されるものを表示するだけで、何も変更しない',
  'cli.models.adopt.progress': '{path} を読み込み中: {hashed} / {total}',
  'cli.models.adopt.adopted': '✔ {path}\n  {model} ({type}{base})、{verdict}',
  'cli.models.adopt.unpublished': '✔ {path}\n  公開元は不明です。内容からの判定: {type}{base}、{verdict}',
  'cli.models.adopt.already': '· {path} は登録済みです',
  'cli.models.adopt.refused': '✖ {path}\n  登録しませんでした: {verdict}',
  'cli.models.adopt.done':
    '{adopted} 件を登録しました (うちサイトで確認できたもの {published} 件)。登録済み {already} 件、除外 {refused} 件、読み取れないもの {failed} 件。',
  'cli.models.adopt.would':
    '{adopted} 件が登録対象です (うちサイトで確認できたもの {published} 件)。登録済み {already} 件、除外対象 {refused} 件、読み取れないもの {failed} 件。何も変更していません。',
  'cli.models.organize': 'ライブラリーのファイルを、付属ファイルと一緒にレイアウトのフォルダーへ移動する',
  'cli.models.organize.layout': 'comfyui、a1111、forge、stability-matrix のいずれか。省略時は設定に従う',
  'cli.models.organize.dry-run': '移動されるものを表示するだけで、何も変更しない',
  'cli.models.organize.undo': '直前に移動したものを元に戻す',
  'cli.models.organize.moved': '{from}\n  → {to}',
  'cli.models.organize.done':
    '{moved} 件を移動しました。移動できなかったもの {failed} 件、正しい場所にあるもの {settled} 件、ライブラリーのフォルダー外 {outside} 件、欠落または破損 {broken} 件。',
  'cli.models.organize.would':
    '{moved} 件が移動対象です。正しい場所にあるもの {settled} 件、ライブラリーのフォルダー外 {outside} 件、欠落または破損 {broken} 件。何も変更していません。',
  'cli.models.organize.undone': '{moved} 件を元の場所に戻しました。戻せなかったもの {failed} 件。',
  'cli.models.export': 'ライブラリーの一覧をライセンス情報付きで書き出す',
  'cli.models.export.path': '書き出し先のファイル',
  'cli.models.export.format':
    'json、jsonl、csv、markdown、yaml、xml、html、sqlite のいずれか。省略時はファイル名の拡張子で判断する',
  'cli.models.export.done': '{path} ({size})',
  'models.export.title': 'モデルライブラリー',
  'models.export.legend': '1: 作者が許可、0: 作者が不許可、空欄: 作者の記載がないか、モデルが不明。',
  'models.export-format-unknown': '{path} をどの形式で書き出すか判断できません。',
  'models.export-format-unknown.advice':
    'ファイル名の末尾を .json、.jsonl、.csv、.md、.yaml、.xml、.html、.sqlite のいずれかにするか、--format を指定してください。',
};
