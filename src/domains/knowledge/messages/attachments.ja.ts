import type { Catalogue } from '#kernel/messages';

import type { attachmentsEn } from './attachments.en.ts';

export const attachmentsJa: Catalogue<keyof typeof attachmentsEn> = {
  'knowledge.attachment-not-found': '「{title}」に添付ファイル {name} はありません。',
  'knowledge.attachment-not-found.advice':
    '削除されたか、名前が違う可能性があります。添付ファイルの一覧を確認してください。',
  'knowledge.attachment-damaged':
    '「{title}」の添付ファイル {name} は失われたか、保存時と内容が異なります。渡していません。',
  'knowledge.attachment-damaged.advice':
    'フォルダー knowledge/attachments をバックアップから戻すか、ファイルをもう一度添付してください。',
  'knowledge.attachment-name-taken':
    '「{title}」には別の {name} が既に添付されています。元のファイルはそのままで、新しいものは保存していません。',
  'knowledge.attachment-name-taken.advice': '別の名前を付けるか、置き換えを指定してください。',
  'knowledge.attachment-too-large': '{name} は {most} MiB を超えています。保存していません。',
  'knowledge.attachment-too-large.advice': '必要な部分だけを添付するか、ファイル全体の置き場所を本文に書いてください。',
  'knowledge.attachment-empty': '{name} は空です。何も保存していません。',
  'knowledge.attachment-empty.advice': '正しいファイルを選んだか確認してください。',
  'knowledge.attachment-program': '{name} は実行プログラムです。保存していません。',
  'knowledge.attachment-program.advice':
    'プログラムの入手先を本文に書いてください。テキストのスクリプトは添付できます。',
  'knowledge.attachment-mislabelled': '{name} は名前では {named} ですが、中身は {mediaType} です。保存していません。',
  'knowledge.attachment-mislabelled.advice': '中身に合った拡張子を付けてください。',
  'knowledge.attachment-infected': 'ウイルススキャナーが {name} から {signature} を見つけました。保存していません。',
  'knowledge.attachment-infected.advice': 'ファイルの出どころの機器を調べてください。',
  'knowledge.attachment-not-scanned': 'ウイルススキャナーが応答しません。ファイルは保存していません。',
  'knowledge.attachment-not-scanned.advice':
    '稼働状況のページを確認し、スキャナーが動いてからもう一度添付してください。',
  'knowledge.too-many-attachments': '「{title}」には既に {most} 個のファイルがあります。何も保存していません。',
  'knowledge.too-many-attachments.advice': '不要なものを削除するか、1 つの書庫にまとめてください。',
  'knowledge.skip-attachment': '添付ファイル {name} または添付先のナレッジがありません',
  'route.knowledge.list-attachments': 'ナレッジの添付ファイルの一覧',
  'route.knowledge.add-attachment': 'ナレッジにファイルを添付する',
  'route.knowledge.read-attachment': 'ナレッジの添付ファイル (base64)',
  'route.knowledge.download-attachment': 'ナレッジの添付ファイル (保存用のバイト列)',
  'route.knowledge.remove-attachment': 'ナレッジの添付ファイルを完全に削除する',
  'cli.knowledge.attachments': 'ナレッジの添付ファイルを一覧にする',
  'cli.knowledge.attachments.id': 'ナレッジの ID',
  'cli.knowledge.attachments.none': '添付ファイルはありません。',
  'cli.knowledge.attach': 'ナレッジにファイルを添付する。本文で名前を参照すると画像が表示される',
  'cli.knowledge.attach.id': 'ナレッジの ID',
  'cli.knowledge.attach.file': 'ファイル',
  'cli.knowledge.attach.name': '添付したときの名前',
  'cli.knowledge.attach.replace': '同じ名前の別のファイルを置き換える',
  'cli.knowledge.attach.done': '{name} として保存しました。',
  'cli.knowledge.save-attachment': 'ナレッジの添付ファイルをこのマシンに保存する',
  'cli.knowledge.save-attachment.id': 'ナレッジの ID',
  'cli.knowledge.save-attachment.name': 'ファイルの名前',
  'cli.knowledge.save-attachment.out': '保存先。省略すると今のフォルダーに同じ名前で保存',
  'cli.knowledge.save-attachment.done': '{file} に保存しました。',
  'cli.knowledge.detach': 'ナレッジの添付ファイルを完全に削除する',
  'cli.knowledge.detach.id': 'ナレッジの ID',
  'cli.knowledge.detach.name': 'ファイルの名前',
  'cli.knowledge.detach.done': '{name} を削除しました。',
};
