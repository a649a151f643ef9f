import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'db.bad-url': 'データベースの指定として読み取れません: {url}',
  'db.bad-url.advice':
    'sqlite:/絶対パス/kura.sqlite か postgres://ユーザー:パスワード@ホスト:5432/名前 の形で指定してください。',
  'db.cannot-open': 'データベース {where} を開けません: {reason}',
  'db.cannot-open.advice': 'パスまたはサーバーが存在し、Kura に権限があるか確認してください。何も変更していません。',
  'db.busy': 'データベースが長時間使用中でした。変更は行われておらず、中途半端なデータもありません。',
  'db.busy.advice': 'データベースを使用中の別のプログラムがないか確認し、もう一度お試しください。',
  'db.disk-full': 'データベースのあるディスクに空きがありません。変更は行われず、保存済みのデータは無事です。',
  'db.disk-full.advice': '空きを作ってから、もう一度お試しください。',
  'db.damaged': 'データベースが壊れています: {reason}。変更は行われませんでした。',
  'db.damaged.advice':
    'kura db check で破損箇所を一覧できます。Kura を止め、ファイルはそのまま保管し、正常な控えから戻してください。',
  'db.unreachable': 'データベースサーバーが応答しません。変更は行われていません。',
  'db.unreachable.advice': 'サーバーが起動していて接続できることを確認し、もう一度お試しください。',
  'db.commit-unknown':
    '最後の段階でデータベースとの接続が切れました。変更は、すべて行われたか、まったく行われていないかのどちらかです。',
  'db.commit-unknown.advice': 'やり直す前に、変更が反映されているか確認してください。',
  'db.read-only': '読み取り専用の接続で変更しようとしました。何も変更していません。',
  'db.read-only.advice': 'Kura の不具合です。エラー ID を添えてご報告ください。',
  'db.nested-transaction': 'トランザクションの中で別のトランザクションを始めようとしました。何も変更していません。',
  'db.nested-transaction.advice': 'Kura の不具合です。エラー ID を添えてご報告ください。',
  'db.transaction-finished': '終了したトランザクションが使われました。それまでの結果は、終了時に決まったとおりです。',
  'db.transaction-finished.advice': 'Kura の不具合です。エラー ID を添えてご報告ください。',
  'db.number-too-large': '正確に読み取れない大きさの数値がデータベースにあります: {value}',
  'db.number-too-large.advice': 'エラー ID を添えてご報告ください。保存された値は変わっていません。',
  'db.newer-than-program':
    'このデータベースは、より新しい Kura で作られています (この版が知らない更新: {ids})。何も変更していません。',
  'db.newer-than-program.advice':
    '新しい版の Kura を使うか、更新前に作られた控え (データベースと同じ場所の run フォルダー) に戻してください。',
  'db.migration-changed': '更新手順 {id} が、記録されているものと異なります。何も変更していません。',
  'db.migration-changed.advice': 'この Kura は改変されています。正規のリリースを入れ直してください。',
  'db.migration-misnamed': '更新手順 {id} の名前または順序が正しくありません。何も変更していません。',
  'db.migration-misnamed.advice': 'Kura の不具合です。エラー ID を添えてご報告ください。',
  'db.migration-failed': '更新手順 {id} に失敗しました: {reason}。更新全体を取り消したので、データは更新前のままです。',
  'db.migration-failed.advice':
    '以前の版を入れ直せば作業を続けられます。このエラーをご報告ください。更新前の検証済みの控え: {snapshot}',
  'db.snapshot-damaged': 'データベースの控えが検査に通らなかったため破棄しました: {reason}',
  'db.snapshot-damaged.advice': 'データベースかディスクが壊れている恐れがあります。kura db check を実行してください。',
  'db.snapshot-not-supported': 'PostgreSQL のデータベースは、ここからファイルに書き出せません。何も変更していません。',
  'db.snapshot-not-supported.advice': 'pg_dump か、データベースサーバー側のバックアップを使ってください。',
  'db.finding-structure': '構造が壊れています: {detail}',
  'db.finding-foreign-key': '{table} の行 {row} が、存在しない {parent} の行を参照しています。',
  'db.finding-migration-missing': '更新手順 {id} が適用されていません。',
};
