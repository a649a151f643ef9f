import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'route.system.isolation': '信頼できないファイルを扱うプログラムの隔離方法と、隔離できていない点',
  'isolation.bubblewrap-missing': 'bubblewrap がインストールされていません。',
  'isolation.bubblewrap-missing.advice':
    'インストールしてください (Debian・Ubuntu: apt install bubblewrap)。弱い隔離でよければ isolation.fallback=allow を設定します。',
  'isolation.bubblewrap-old': 'bubblewrap {version} は古すぎます。0.8.0 以降が必要です。',
  'isolation.bubblewrap-old.advice': '新しい bubblewrap をインストールしてください。',
  'isolation.bubblewrap-refused': 'bubblewrap はインストールされていますが、システムが動作を許していません: {reason}',
  'isolation.bubblewrap-refused.advice':
    'ユーザー名前空間を許可してください (sysctl kernel.unprivileged_userns_clone、AppArmor、コンテナーのオプション)。',
  'isolation.tool-missing': '{program} がインストールされていません。',
  'isolation.tool-missing.advice': 'util-linux パッケージをインストールしてください。',
  'isolation.program-missing': '実行できるプログラム {program} がありません。',
  'isolation.program-missing.advice': 'フルパスで指定し、インストールされていることを確認してください。',
  'isolation.summary.bubblewrap': '外部プログラムは専用の隔離環境で動きます。',
  'isolation.summary.limited':
    'isolation.fallback で許可されているため、外部プログラムは資源の制限だけを受け、隔離されずに動きます。',
  'isolation.summary.refused': '隔離できないため、外部プログラムは実行しません。',
  'isolation.isolated.network': 'ネットワークに接続できない (このマシン自身にも)',
  'isolation.isolated.files': 'プログラム・ライブラリー・渡されたファイル以外は見えない',
  'isolation.isolated.writing': '書き込めるのはメモリー上の専用フォルダーだけ',
  'isolation.isolated.environment': 'Kura の環境変数・キー・パスワードは渡らない',
  'isolation.isolated.other-processes': 'ほかのプロセスは見えず、終了もさせられない',
  'isolation.isolated.rights': '権限を持たず、得ることもできない',
  'isolation.isolated.limits': 'メモリー・CPU・時間・ファイルサイズ・出力に上限がある',
  'isolation.isolated.process-count': 'プロセス数に上限がある',
  'isolation.isolated.namespaces': '新しい名前空間を作れない',
  'isolation.open.network': 'ネットワークに接続できる',
  'isolation.open.files': '実行ユーザーが読めるファイルはすべて読める',
  'isolation.open.writing': '実行ユーザーが書ける場所に書き込める',
  'isolation.open.other-processes': 'ほかのプロセスが見え、同じユーザーのものは終了させられる',
  'isolation.open.rights': 'Kura を動かしているユーザーの権限を持つ',
  'isolation.open.limits': 'メモリー・CPU・ファイルに上限がない (時間と出力だけ制限)',
  'isolation.open.process-count': 'プロセス数に上限がない',
  'isolation.open.namespaces': 'このマシンの一般ユーザーと同じように名前空間を作れる',
  'isolation.open.total-memory': 'メモリーの上限はプロセスごとで、合計の上限はない',
  'isolation.open.system-calls': 'システムコールを絞っていないため、カーネルの欠陥までは防げない',
};
