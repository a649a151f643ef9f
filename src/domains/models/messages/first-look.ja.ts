import type { Catalogue } from '#kernel/messages';
import type { firstLookEn } from './first-look.en.ts';

export const firstLookJa: Catalogue<keyof typeof firstLookEn> = {
  'models.first-look-dangerous':
    '「{name}」は読み込むとコードを実行します ({findings})。先頭と末尾を調べた時点で中止しました。全体 {sizeBytes} バイトのうち、保存したものはありません。',
  'models.first-look-dangerous.advice':
    'safetensors 版をお探しください。内容を承知のうえで取得する場合は --accept-risk と --reason を付けてください (取得後に全体を検査します)。',
  'models.first-look-invalid':
    '「{name}」は形式の規則に反しています ({findings})。先頭と末尾を調べた時点で中止しました。全体 {sizeBytes} バイトのうち、保存したものはありません。',
  'models.first-look-invalid.advice':
    '公開されているファイル自体が壊れているようです。別のバージョンをお探しください。それでも取得する場合は --accept-risk と --reason を付けてください。',
  'models.first-look-format':
    '「{name}」は名前と中身が一致しません (中身は {format})。全体 {sizeBytes} バイトのうち、保存したものはありません。',
  'models.first-look-format.advice':
    '同じバージョンの別のファイルをお探しください。それでも取得する場合は --accept-risk を (方針でブロックされる場合は --reason も) 付けてください。',
  'models.wrong-base-model':
    '「{name}」は {claimed} 用として公開されていますが、テンソルは {found} のものです。全体 {sizeBytes} バイトのうち、保存したものはありません。',
  'models.wrong-base-model.advice':
    '作者に確認するか、お使いのベースモデル用のバージョンをお探しください。それでも取得する場合は --accept-risk を付けてください。',
};
