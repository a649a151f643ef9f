/** 接続の使い方、その判断と理由、ダウンロードジョブの順番についての文。 */
import type { Catalogue } from '#kernel/messages';

import type { steeringEn } from './steering.en.ts';

export const steeringJa: Catalogue<keyof typeof steeringEn> = {
  'cli.models.batches.start.mode':
    '接続の使い方: adaptive、speed、efficiency、minimal。ジョブに記録する。既定は設定 downloads.mode',
  'cli.models.batches.start.batch-size': '1 組のファイル数。組のすべてが終わり、--pause の秒数がたつと次の組を始める',
  'cli.models.batches.start.boost': '待ち時間で優先度を上げない (通常は 1 時間ごとに 1 段階上がる)',
  'cli.models.batches.change.mode': 'これから始めるファイルの接続の使い方',
  'cli.models.batches.how': '優先度 {priority}、同時に取得: {strategy}、接続: {mode}',
  'cli.models.batches.how.boost': '待ち時間により優先度が {count} 段階 (3 段階中) 上がっています。',
  'cli.models.batches.how.groups': '{count} 件ずつ、間隔 {seconds} 秒',
  'cli.models.batches.decisions': '最近の判断:',
  'cli.models.batches.decision': '  {at}  {name}{from} → {to}  {message}',
  'models.mode.usual': '設定どおり',
  'models.mode.adaptive': '自動調整 (adaptive)',
  'models.mode.speed': '速度優先 (speed)',
  'models.mode.efficiency': '負荷控えめ (efficiency)',
  'models.mode.minimal': '1 本だけ (minimal)',
  'models.steering.connections.start': 'ダウンロードを始めました。',
  'models.steering.connections.gain': '接続を増やすと速くなったので、さらに増やします。',
  'models.steering.connections.no-gain': '接続を増やしても速くならなかったので、元に戻します。',
  'models.steering.connections.probe': '時間をおいて、増やすと速くなるかもう一度試します。',
  'models.steering.connections.changed': '回線の状態が変わったので、測り直します。',
  'models.steering.connections.fewer-suffice': '少ない接続でも同じ速さでした。',
  'models.steering.connections.fewer-lose': '接続を減らすと遅くなったので、元に戻します。',
  'models.steering.connections.refused': 'サーバーから多すぎるという応答がありました。',
  'models.steering.connections.shared': '同じサーバーからのほかのダウンロードが増減しました。',
  'models.steering.connections.memory': 'メモリーが足りなくなってきました。',
  'models.steering.connections.lag': '処理が追いつかなくなってきました。',
  'models.steering.connections.cpu': 'CPU が混み合っています。',
  'models.steering.connections.calm': 'マシンに余裕が戻りました。',
  'models.steering.files.start': 'この件数から同時に取得を始めました。',
  'models.steering.files.faster': '同時に取得する件数を増やすと全体が速くなりました。',
  'models.steering.files.no-gain': '同時に取得する件数を増やしても速くなりませんでした。',
  'models.steering.files.refused': 'サイトから多すぎるという応答がありました。',
  'models.steering.files.probe': '件数を 1 つ増やすと速くなるか試します。',
};
