import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'rule32110.copies-missing': '有効なコピーは {required} 個必要なところ {found} 個です。',
  'rule32110.media-missing': '媒体の種類は {required} 種類必要なところ {found} 種類です。',
  'rule32110.offsite-missing': '別の拠点にあるコピーは {required} 個必要なところ {found} 個です。',
  'rule32110.offline-missing': 'オフラインまたは変更不可のコピーは {required} 個必要なところ {found} 個です。',
  'rule32110.verification-failed': 'コピー {copy} の直近の検証が失敗しています。',
  'rule32110.verification-overdue': 'コピー {copy} の検証期限を {hours} 時間過ぎています。',
  'rule32110.verification-never': 'コピー {copy} は一度も検証されていません。',
  'rule32110.verification-future': 'コピー {copy} の検証日時が未来になっているため、採用していません。',
  'rule32110.verification-tickets': '未解決の検証エラーが {count} 件あります。',
  'rule32110.nothing-verified': '有効なコピーが一つも検証されておらず、復元できるかどうか分かりません。',
  'rule32110.copy-never-run': 'コピー {copy} はまだ一度も作成されていません。',
  'rule32110.copy-failed': 'コピー {copy} の直近の実行が失敗しています。',
  'rule32110.copy-warned': 'コピー {copy} の直近の実行は警告付きで終了しました。',
  'rule32110.copy-stale': 'コピー {copy} は {ageHours} 時間前のものです(上限 {limitHours} 時間)。',
  'rule32110.copy-expired': 'コピー {copy} は保存期間を過ぎています。',
  'rule32110.copy-gone': 'コピー {copy} の媒体または保存先が使えません(状態: {state})。',
  'rule32110.copy-future': 'コピー {copy} の報告日時が未来になっているため、採用していません。',
  'rule32110.copy-not-offline': 'コピー {copy} は現在オフラインではありません(状態: {state})。',
  'rule32110.carrier-unknown': 'コピー {copy} の媒体の所在が報告されていません。',
  'rule32110.same-storage': 'コピー {copies} は保存場所が同じため、1 個として数えます。',
  'rule32110.one-copy-two-digits':
    'コピー {copy} だけが遠隔地とオフラインの両方を担っています。失うと二つの条件を同時に満たせなくなります。',
  'rule32110.remedy-run': 'コピー {copy} を再実行し、未作成または失敗の原因を確認してください。',
  'rule32110.remedy-clock': 'コピー {copy} を報告している機器の時計とタイムゾーンを確認してください。',
  'rule32110.remedy-add-copy': '別の場所にコピーをあと {missing} 個追加してください。',
  'rule32110.remedy-add-media': 'テープやクラウドなど、別の種類の媒体にコピーを置いてください。',
  'rule32110.remedy-add-offsite': '別の拠点にコピーを追加するか、媒体を別の拠点へ移してください。',
  'rule32110.remedy-add-offline':
    '取り外して保管する媒体か、オブジェクトロック付きの保存先にコピーを追加してください。',
  'rule32110.remedy-disconnect': 'コピー {copy} の媒体を取り外し、保管場所に戻してください。',
  'rule32110.remedy-locate': 'コピー {copy} の媒体の所在を確認し、記録してください。',
  'rule32110.remedy-verify': 'コピー {copy} を検証してください。復元テストが最も確実です。',
  'rule32110.remedy-repair': 'コピー {copy} は当てにせず、作り直してから検証してください。',
  'rule32110.remedy-tickets': '未解決の検証エラーに対応し、完了にしてください。',
};
