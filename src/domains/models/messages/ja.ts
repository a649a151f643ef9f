import type { Catalogue } from '#kernel/messages';
import { apiWatchJa } from './api-watch.ja.ts';
import { batchCoreJa } from './batch-core.ja.ts';
import { batchesJa } from './batches.ja.ts';
import { collectingJa } from './collecting.ja.ts';
import { downloadHistoryJa } from './download-history.ja.ts';
import { downloadOptionsJa } from './download-options.ja.ts';
import type { en } from './en.ts';
import { exchangeJa } from './exchange.ja.ts';
import { externalScansJa } from './external-scans.ja.ts';
import { facetsJa } from './facets.ja.ts';
import { factsJa } from './facts.ja.ts';
import { featuresJa } from './features.ja.ts';
import { firstLookJa } from './first-look.ja.ts';
import { galleryJa } from './gallery.ja.ts';
import { hashingJa } from './hashing.ja.ts';
import { importJa } from './import.ja.ts';
import { libraryOrderJa } from './library-order.ja.ts';
import { outsideScansJa } from './outside-scans.ja.ts';
import { queryJa } from './query.ja.ts';
import { rawJa } from './raw.ja.ts';
import { scanningJa } from './scanning.ja.ts';
import { searchJa } from './search.ja.ts';
import { steeringJa } from './steering.ja.ts';
import { versionsJa } from './versions.ja.ts';
import { vocabularyJa } from './vocabulary.ja.ts';
import { wordsJa } from './words.ja.ts';

export const ja: Catalogue<keyof typeof en> = {
  ...apiWatchJa,
  ...batchesJa,
  ...batchCoreJa,
  ...collectingJa,
  ...downloadHistoryJa,
  ...downloadOptionsJa,
  ...exchangeJa,
  ...facetsJa,
  ...featuresJa,
  ...firstLookJa,
  ...galleryJa,
  ...hashingJa,
  ...importJa,
  ...libraryOrderJa,
  ...queryJa,
  ...rawJa,
  ...outsideScansJa,
  ...externalScansJa,
  ...factsJa,
  ...scanningJa,
  ...searchJa,
  ...steeringJa,
  ...versionsJa,
  ...vocabularyJa,
  ...wordsJa,
  'models.no-refs': '取得する対象が指定されていません。',
  'models.no-refs.advice':
    'モデル、バージョン、アドレス、ハッシュのいずれか、または一覧ファイルを --from で指定してください。',
  'models.not-downloadable': '「{name}」はダウンロードできません ({state})。何も取得していません。',
  'models.not-downloadable.advice': '作者が公開を終了または制限しています。別のバージョンをお探しください。',
  'models.excluded':
    '「{name}」は未成年者または実在の人物を成人向けの内容とともに扱うか、その可能性があります。何も取得していません。',
  'models.excluded.advice': '設定にかかわらず、Kura はこのようなモデルを検索結果に出さず、取得もしません。',
  'models.consent-needed': '「{name}」は実在の人物を扱うとされています。何も取得していません。',
  'models.consent-needed.advice':
    '本人の了解を得た使い方であれば「kura models get {ref} --accept-likeness」で同意してください。このモデルについて記録されます。',
  'models.ref-mismatch':
    'バージョン {versionId} はモデル {asked} ではなく {modelId} のものです。何も取得していません。',
  'models.ref-mismatch.advice': '指定を確かめてください。@{versionId} だけでもバージョンを指せます。',
  'models.hash-unknown': 'ハッシュ {hash} で、SHA-256 により確認できるファイルはサイトに見つかりません。',
  'models.hash-unknown.advice': '一覧に出ないファイルもあります。SHA-256 またはモデルのページでお試しください。',
  'models.no-such-file': 'このバージョンに「{asked}」というファイルはありません。あるのは: {files}',
  'models.no-such-file.advice': '--file に番号か名前を指定して選んでください。',
  'models.disk-space':
    '{folder} に入りきりません。予備を含めて {neededBytes} バイト必要ですが、空きは {freeBytes} バイトです。何も取得していません。',
  'models.disk-space.advice': '空きを作るか、ファイルを減らすか、downloads.reserveBytes を下げてください。',
  'models.target-exists': '{path} には別の内容のファイルがあり、そのまま残しました。',
  'models.target-exists.advice':
    'そのファイルを移動するか名前を変えてから、もう一度お試しください。取得した分は残っています。',
  'models.verdict-dangerous': '{name} は読み込むとコードを実行します。隔離しました (番号 {id})。',
  'models.verdict-dangerous.advice':
    'safetensors 版をお探しください。検出内容は「kura models quarantine list」で確認できます。',
  'models.verdict-invalid': '{name} は形式の規則に反しています。隔離しました (番号 {id})。',
  'models.verdict-invalid.advice':
    '公開されているファイル自体が壊れている可能性があります。理由は「kura models quarantine list」で確認できます。',
  'models.verdict-suspicious': '{name} の安全を確認できませんでした。隔離しました (番号 {id})。',
  'models.verdict-suspicious.advice':
    '作者を信頼できる場合は「kura models quarantine restore {id} --accept-risk」で戻せます。',
  'models.verdict-unscanned': '{name} を検査できませんでした。隔離しました (番号 {id})。',
  'models.verdict-unscanned.advice': 'Kura がファイルを読めるか確かめてから、もう一度取得してください。',
  'models.hash-mismatch': '内容が公開されているものと一致しません。',
  'models.damaged-on-disk': 'ライブラリ内で壊れていたため、公開ファイルと入れ替えました。',

  'cli.models': 'モデルの検索・取得・管理',
  'cli.models.column.id': 'モデル@版',
  'cli.models.column.name': '名前',
  'cli.models.column.type': '種類',
  'cli.models.column.base': 'ベース',
  'cli.models.column.duties': '注意点',
  'cli.models.column.creator': '作者',
  'cli.models.column.downloads': 'DL 数',
  'cli.models.column.size': 'サイズ',
  'cli.models.get': 'ファイルを取得・検証・検査して配置',
  'cli.models.get.ref': 'モデル・バージョン・ダウンロードのアドレス、AIR、123、123@456、@456、sha256:…',
  'cli.models.get.from':
    '参照の一覧ファイル。一行に一つ、または search が書き出す形式 (JSON・JSONL・CSV・ids・urls・aria2)',
  'cli.models.get.file': 'バージョン内のファイル: 番号、名前、種類、形式、または all',
  'cli.models.get.mode': '接続の使い方: speed、efficiency、minimal、adaptive（既定: downloads.mode）',
  'cli.models.get.layout': 'フォルダー構成: comfyui、a1111、forge、stability-matrix',
  'cli.models.get.connections': '1 ファイルあたりの接続数 (1〜16)',
  'cli.models.get.dry-run': '取得するものと置き場所だけを表示',
  'cli.models.get.accept-likeness': '実在の人物を扱うモデルに同意します（モデルごとに記録）',
  'cli.models.get.accept-risk': '方針で確認が必要なファイルも配置する。ブロックされるものには --reason も必要',
  'cli.models.get.waiting': '「{command}」(プロセス {pid}) がライブラリに書き込み中のため待っています …',
  'cli.models.get.progress': '{state} {name} {percent} {received} {speed}/秒',
  'cli.models.get.plan-total': '取得量: {total}、空き: {free}',
  'cli.models.get.planned': '・予定 {path}',
  'cli.models.get.placed': '✔ 配置しました {path} ({size})',
  'cli.models.get.skipped': '✔ すでにあります {path} ({size})',
  'cli.models.get.quarantined': '⚠ 隔離しました {path}',
  'cli.models.get.failed': '✖ 失敗 {ref}',
  'cli.models.get.cancelled': '■ 中断 {ref}',
  'cli.models.status.planned': '予定',
  'cli.models.status.downloading': '取得中',
  'cli.models.status.verifying': '検証中',
  'cli.models.status.scanning': '検査中',
  'cli.models.status.placed': '配置済み',
  'cli.models.status.skipped': '取得済み',
  'cli.models.status.quarantined': '隔離',
  'cli.models.status.failed': '失敗',
  'cli.models.status.cancelled': '中断',

  'route.models.search': 'CivitAI を検索 (条件は Kura 側でも確認)',
  'models.library-file-not-found': 'ライブラリに「{name}」というファイルはありません。',
  'models.library-file-not-found.advice':
    '番号と名前は「kura models list」で確認できます。パスはファイルそのものを指してください。',
  'models.repair-impossible': '{path} を元に戻せませんでした: {reasons}。残っていたものはそのままです。',
  'models.repair-impossible.advice':
    'このファイルを含むバックアップを接続するか、モデルの別バージョンを取得してください。',
  'models.download-not-found': 'ダウンロード {id} はありません。',
  'models.download-not-found.advice': '一覧を確認してください。別のデータディレクトリのものかもしれません。',
  'models.download-ended': 'このダウンロードはすでに終わっています ({status})。',
  'models.download-ended.advice': '何もする必要はありません。失敗したものは再試行できます。',
  'models.download-not-ended': 'このダウンロードは失敗していないため ({status})、再試行するものがありません。',
  'models.download-not-ended.advice': '終わるのを待つか、先に中止してください。',
  'models.quarantine-not-found': '隔離中のものに番号 {id} はありません。',
  'models.quarantine-not-found.advice': '「kura models quarantine list」で確認できます。',
  'cli.models.column.state': '状態',
  'cli.models.column.verdict': '検査',
  'cli.models.column.library-id': '番号',
  'cli.models.state.present': 'あり',
  'cli.models.state.missing': '紛失',
  'cli.models.state.damaged': '破損',
  'cli.models.verdict.clean': '問題なし',
  'cli.models.verdict.suspicious': '要確認',
  'cli.models.verdict.dangerous': '危険',
  'cli.models.verdict.invalid': '不正',
  'cli.models.verdict.unscanned': '未検査',
  'cli.models.list': 'ライブラリのファイルを一覧',
  'cli.models.list.query': 'ファイル名またはモデル名の一部',
  'cli.models.list.type': 'いずれかの種類',
  'cli.models.list.base': 'いずれかのベースモデル',
  'cli.models.list.state': 'present (あり)、missing (紛失)、damaged (破損) のいずれか',
  'cli.models.list.limit': '件数。既定は 50',
  'cli.models.list.cursor': '前の結果の続きから',
  'cli.models.list.nothing': '該当するファイルはライブラリにありません。',
  'cli.models.show': 'ライブラリのファイル、またはサイトのモデルとそのバージョンを表示',
  'cli.models.show.what': 'ライブラリの番号かパス、またはモデルの番号かアドレス',
  'cli.models.show.refresh': '少し前の応答が残っていてもサイトに問い合わせる',
  'cli.models.show.from-site': '{seenAt} 時点のサイトの応答です。',
  'cli.models.show.from-catalogue': 'サイトから応答がないか、すでに削除されています。{seenAt} 時点の内容です。',
  'cli.models.field.path': 'パス',
  'cli.models.field.model': 'モデル',
  'cli.models.field.type': '種類',
  'cli.models.field.size': 'サイズ',
  'cli.models.field.state': '状態',
  'cli.models.field.verdict': '検査',
  'cli.models.field.verified': '検証日時',
  'cli.models.field.words': 'トリガーワード',
  'cli.models.field.protection': '検証済みの写し',
  'cli.models.stats': 'ライブラリとカタログを集計',
  'cli.models.stats.total': '合計',
  'cli.models.stats.quarantined': '隔離中',
  'cli.models.stats.catalogue':
    'カタログ: モデル {models} 件、バージョン {versions} 件、ファイル {files} 件({size})、画像 {images} 件。サイトから削除済み {removed} 件',
  'cli.models.stats.last-seen': '最終確認: {at}',
  'cli.models.stats.nothing-seen': 'サイトの情報はまだありません。検索または取り込みを行うとカタログに記録されます。',
  'cli.models.stats.by-type': '種類',
  'cli.models.stats.by-base': 'ベースモデル',
  'cli.models.stats.by-category': 'カテゴリ',
  'cli.models.stats.by-creator': '作者',
  'cli.models.verify': 'ライブラリのファイルのハッシュを再計算 (紛失・破損があれば終了コード 5)',
  'cli.models.verify.file': '番号またはパス',
  'cli.models.verify.all': 'ライブラリ全体',
  'cli.models.verify.progress': '検証中 {name} {hashed}',
  'cli.models.verify.present': '✔ {path}',
  'cli.models.verify.missing': '✖ 紛失 {path}',
  'cli.models.verify.damaged': '✖ 破損 {path}',
  'cli.models.verify.done': '{files} 件: 正常 {present}、紛失 {missing}、破損 {damaged}、読み取り不可 {unreadable}',
  'cli.models.repair': '紛失・破損したファイルをバックアップまたはサイトから元に戻す',
  'cli.models.repair.file': '番号またはパス',
  'cli.models.repair.all': '紛失・破損と分かっているすべて',
  'cli.models.repair.repaired': '✔ {source} から修復しました: {path}',
  'cli.models.repair.intact': '✔ 異常はありませんでした: {path}',
  'cli.models.repair.done': '修復 {repaired}、異常なし {intact}、失敗 {failed}',
  'cli.models.quarantine': '隔離したファイルの確認と復元',
  'cli.models.quarantine.list': '隔離中のファイルと理由を一覧',
  'cli.models.quarantine.list.nothing': '隔離中のファイルはありません。',
  'cli.models.quarantine.restore': '隔離したファイルを本来の場所へ戻す',
  'cli.models.quarantine.restore.id': '一覧に表示される番号',
  'cli.models.quarantine.restore.accept-risk': '検査で「問題なし」でないファイルも戻す',
  'cli.models.quarantine.restore.done': '戻しました: {path}',
  'route.models.read-model': 'モデルとそのバージョン・ファイル',
  'route.models.plan-downloads': '取得するものと置き場所の確認',
  'route.models.start-downloads': 'ダウンロードをジョブとして開始',
  'route.models.list-downloads': 'ダウンロードの一覧',
  'route.models.read-download': 'ダウンロードの詳細',
  'route.models.cancel-download': 'ダウンロードの中止 (受信済みの分は残ります)',
  'route.models.retry-download': '失敗したダウンロードの再開',
  'route.models.list-library': 'ライブラリの一覧',
  'route.models.list-licences': 'ライブラリのモデルの利用条件',
  'route.models.list-updates': 'ライブラリにあるモデルの新しいバージョンを探す',
  'route.models.library-stats': 'ライブラリの集計',
  'route.models.read-library-file': 'ライブラリのファイルの詳細',
  'route.models.verify-library': 'ハッシュの再計算 (ジョブ)',
  'route.models.repair-library-file': 'ファイルの修復 (ジョブ)',
  'route.models.list-quarantine': '隔離中の一覧',
  'route.models.restore-quarantined': '隔離したファイルの復元',
};
