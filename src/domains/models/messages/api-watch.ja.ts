import type { Catalogue } from '#kernel/messages';

import type { apiWatchEn } from './api-watch.en.ts';

export const apiWatchJa: Catalogue<keyof typeof apiWatchEn> = {
  'models.api-change-not-found': 'ID {id} の API 変更はありません。',
  'models.api-change-not-found.advice':
    '「kura models api-watch changes」で一覧を確認してください。保存されるのは直近 100 件で、未対応のものが最後まで残ります。',
  'models.api-answer-unrecognised': 'どのエンドポイントの応答か判別できません。',
  'models.api-answer-unrecognised.advice': 'エンドポイントを指定してください: --endpoint /models',
  'models.api-answer-too-large': '{sizeBytes} バイトあります。{largestBytes} バイトを超える応答はありません。',
  'models.api-answer-too-large.advice': 'まとめたファイルではなく、応答を 1 件ずつ指定してください。',
  'models.api-watch-failed': '応答の変化を調べられませんでした。応答そのものは通常どおり使われています。',

  'models.api-change.field-added': '{endpoint} に新しい項目があります: {path} ({now})',
  'models.api-change.field-missing': '{endpoint} から {path} がなくなりました ({was})',
  'models.api-change.field-renamed': '{endpoint}: {was} は {now} に改名されたようです',
  'models.api-change.field-moved': '{endpoint}: {was} は {now} に移されたようです',
  'models.api-change.field-optional': '{endpoint}: 必ずあった {path} がないことがあります ({now})',
  'models.api-change.type-changed': '{endpoint}: {path} の型が {was} から {now} に変わりました',
  'models.api-change.null-appeared': '{endpoint}: null にならなかった {path} が null になっています ({now})',
  'models.api-change.value-added': '{endpoint}: {path} に新しい値「{now}」が現れました',
  'models.api-change.form-changed': '{endpoint}: {path} の書き方が {was} から {now} に変わりました',
  'models.api-change.range-changed': '{endpoint}: {path} の数値が範囲 {was} を外れました: {now}',
  'models.api-change.status-changed': '{endpoint} がステータス {now} を返しました (これまでは {was})',
  'models.api-change.content-type-changed': '{endpoint} の応答の種類が {was} から {now} に変わりました',
  'models.api-change.header-added': '{endpoint} に新しいヘッダーがあります: {now}',
  'models.api-change.cursor-repeated': '{endpoint} が送ったカーソルをそのまま返しており、ページが進みません',
  'models.api-change.page-size-changed': '{endpoint}: {was} 件を求めたところ {now} 件が返されました',
  'models.api-change.page-empty': '{endpoint} が、これまでになかった空の最終ページを返しました',
  'models.api-change.body-empty': '{endpoint} が成功と報告しながら中身を返しません',
  'models.api-change.body-html': '{endpoint} がデータではなくウェブページを返しました: {now}',
  'models.api-change.body-xml': '{endpoint} が JSON ではなく XML を返しました: {now}',
  'models.api-change.body-truncated': '{endpoint} の JSON が途中で切れています: {now}',
  'models.api-change.body-not-json': '{endpoint} がデータではないものを返しました: {now}',
  'models.api-change.body-double-encoded': '{endpoint} の JSON が文字列として JSON に包まれています',
  'models.api-change.body-huge': '{endpoint} が {now} 文字を返しました (これまでの最大は {was} 文字)',

  'models.api-advice.low': 'Kura はこれまでどおり動きます。対応は不要です。',
  'models.api-advice.medium':
    'Kura は動作を続けますが、一部の情報が欠けることがあります。今後もこのままでよければ変更を承認してください。',
  'models.api-advice.high':
    'Kura の判断の根拠に影響します。結果を確かめてから使ってください。Kura を更新するか、結果が正しければ変更を承認してください。',
  'models.api-advice.critical':
    'この応答は読み取れません (何もないふりはせず、エラーとして報告します)。時間をおいて試し、続くようなら Kura を更新するか報告してください。',

  'cli.models.api-watch': 'サイトの API が変わっていないかを見ます',
  'cli.models.api-watch.status': 'エンドポイントごとに学習した内容と、未対応の変更の数',
  'cli.models.api-watch.status.nothing':
    'まだ何も学習していません。使ううちに学習します。記録済みの応答からは「learn PATH」で学習できます。',
  'cli.models.api-watch.status.open': '未対応: {summary}',
  'cli.models.api-watch.status.calm': 'なし',
  'cli.models.api-watch.column.endpoint': 'エンドポイント',
  'cli.models.api-watch.column.answers': '応答数',
  'cli.models.api-watch.column.fields': '項目数',
  'cli.models.api-watch.column.learned': '学習日時',
  'cli.models.api-watch.impact.low': '低',
  'cli.models.api-watch.impact.medium': '中',
  'cli.models.api-watch.impact.high': '高',
  'cli.models.api-watch.impact.critical': '重大',
  'cli.models.api-watch.state.open': '未対応',
  'cli.models.api-watch.state.accepted': '承認済み',
  'cli.models.api-watch.changes': '直近 100 件の変更 (未対応のものから)',
  'cli.models.api-watch.changes.state': 'open (未対応) または accepted (承認済み)',
  'cli.models.api-watch.changes.endpoint': 'このエンドポイントのみ: /models、/models/:id など',
  'cli.models.api-watch.changes.impact': 'これらの影響度のみ: low、medium、high、critical',
  'cli.models.api-watch.changes.nothing': '変更は見つかっていません。',
  'cli.models.api-watch.changes.seen': '{state}、{sightings} 回 ({first} ～ {last})',
  'cli.models.api-watch.accept': '変更を今後の正しい姿として承認します',
  'cli.models.api-watch.accept.id': '「changes」に表示される ID',
  'cli.models.api-watch.accept.done': '承認しました: {title}',
  'cli.models.api-watch.learn': '記録済みの応答を、期待される姿として学習します',
  'cli.models.api-watch.learn.path':
    '応答のファイルまたはフォルダー (本文のみ、または url・status・headers・body を持つ JSON)',
  'cli.models.api-watch.learn.endpoint': '中身から判別できないファイルのエンドポイント',
  'cli.models.api-watch.replay': '記録済みの応答を判定します。影響度が高・重大の変更があれば終了コード 5',
  'cli.models.api-watch.replay.path':
    '応答のファイルまたはフォルダー (本文のみ、または url・status・headers・body を持つ JSON)',
  'cli.models.api-watch.replay.endpoint': '中身から判別できないファイルのエンドポイント',
  'cli.models.api-watch.replay.done': '応答 {answers} 件、変更 {changes} 件。何も保存していません。',
  'cli.models.api-watch.replay.unknown': '{endpoint} はまだ学習していないため、データかどうかだけを調べました。',

  'route.models.read-api-watch': 'サイトの応答について学習した内容と、未対応の変更の数',
  'route.models.list-api-changes': 'サイトの応答に見つかった変更',
  'route.models.accept-api-change': 'サイトの応答の変更を承認',
};
