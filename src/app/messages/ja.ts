import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

import { recoveryJa } from './recovery.ja.ts';

export const ja: Catalogue<keyof typeof en> = {
  ...recoveryJa,
  'app.server-url': '{server} はサーバーの URL ではありません。',
  'app.server-url.advice': '例: --server http://127.0.0.1:8888',
  'app.clock-wrong': 'このマシンの時計が狂っています。',
  'app.clock-wrong.advice': '時計を合わせてください。バックアップや判定の日時に影響します。',
  'app.port-in-use': '{host} のポート {port} は使用中のため、サーバーを起動していません。',
  'app.port-in-use.advice': '使用中のプログラムを止めるか、--port で別のポートを指定してください。',
  'app.port-forbidden': 'このユーザーは {host} のポート {port} を開けないため、サーバーを起動していません。',
  'app.port-forbidden.advice': '--port で 1024 以上のポートを指定してください。',
  'app.web-not-built':
    'Web 画面がまだビルドされていません。`npm run build:web` (または `npm start`) を実行してください。',
  'app.waiting-pace': 'あと {seconds} 秒待機中: {host} への負担を抑えるため間隔を空けています。',
  'app.waiting-asked': 'あと {seconds} 秒待機中: {host} から速度を落とすよう求められました。',
  'app.waiting-retry':
    '{host} が正常に応答しませんでした。{seconds} 秒後に問い合わせ直します（{of} 回中 {attempt} 回目）。',
  'app.waiting-answer': '{host} に問い合わせ中です。{seconds} 秒たちましたが、まだ応答がありません …',
  'app.serve-started': 'Kura は {url} で動いています (データ: {home})。',
  'app.serve-stop': 'Ctrl-C で停止します。',
  'app.serve-stopping': '停止しています。実行中の作業を整えています …',
  'app.config-origin': '出どころ',
  'app.config-changeable': '今変更できるか',
  'app.config-set': '{key} を {value} に変更しました。',
  'app.yes': 'はい',
  'app.no': 'いいえ',
  'app.report-made': '{kind}（{from} 〜 {to}）',
  'app.report-where': '{name} は「レポート作成」のページに保管されています。',
  'app.report-planned':
    'このレポートは予定「{plan}」により自動で作成されました。送付先は Kura の設定権限を持つ人が変更できます。',
  'app.report-sent-by': '{by} さんがこのレポートの送付を依頼しました。',
  'app.report-attached': '{name}（{size}）を添付しています。',
  'app.report-not-attached': '{name}（{size}）は Kura に保管されています（添付なし）。',
  'app.report-too-large': '{name}（{size}）は添付の上限を超えるため、Kura に保管されています。',
  'app.report-check': 'SHA-256 {sha256}、署名鍵 {keyId}',
  'app.report-open': 'レポートのページを開く',
  'app.db-sound': 'データベース ({database}) は健全です。構造・参照・マイグレーション・ジョブ・索引が一致しています。',
  'cli.serve': 'サーバーと Web 画面を起動',
  'cli.serve.host': '待ち受けるアドレス (既定 127.0.0.1)',
  'cli.serve.port': 'TCP ポート (既定 8888、0 は空きポート)',
  'cli.login-link.base-url': 'ブラウザーからこのサーバーに届くアドレス',
  'cli.config': '設定: 意味と出どころの確認、実行中の変更',
  'cli.config.print': '有効な設定をすべて表示 (秘密情報は伏せます)',
  'cli.config.explain': '設定の意味と値の出どころを説明',
  'cli.config.explain.key': 'ドット区切りのキー。例: downloads.connections',
  'cli.config.set': '設定を変更 (実行中のサーバーにもすぐ反映)',
  'cli.config.set.key': 'ドット区切りのキー。例: downloads.parallel',
  'cli.config.set.value': '新しい値',
  'cli.config.schema': 'kura.yaml の JSON Schema',
  'cli.db': 'データベース',
  'cli.db.check': 'データベースの損傷を調べる (問題があれば終了コード 5)',
  'cli.doctor': 'Kura に必要なものがそろって動いているかを調べる',
  'app.incident-quarantined': '{name}: ファイルを隔離しました',
  'app.incident-quarantined-body':
    '中身が名前と合わない、または読み込むとコードが実行されるおそれがあるため、ファイルを配置しませんでした。\n\nファイルは `{path}` に、理由は隣の `reason.json` にあります。`kura models quarantine list` で確認し、safetensors 版がないか探してください。',
  'app.incident-damaged': '{name}: ライブラリのファイルが壊れているか、見つかりません',
  'app.incident-damaged-body':
    '`{path}` の内容が、配置時に確認したものと違います。\n\n`kura models repair` を実行すると、バックアップのコピーから戻すか、もう一度取得します。',
  'app.incident-detected': '{title} ({about})',
  'app.incident-detected-body':
    '{title}: {about}\n\n`kura audit detections` に ID {id} で表示されます。`kura audit list` で該当する記録を確認し、解決したら `kura audit acknowledge {id} --reason …` で確認済みにしてください。',
  'app.incident-api-changed': 'CivitAI の応答が変わりました: {endpoint}',
  'app.incident-api-changed-body':
    '{what}。\n\n{advice}\n\n`kura models api-watch changes` に ID {id} で表示されます。今後の正しい姿とみなす場合は `kura models api-watch accept {id}` を実行してください。',
  'app.incident-backup': '{job} の {copy} へのバックアップが失敗しました',
  'app.incident-backup-body':
    '`{job}` から `{copy}` への直近の実行では、使えるスナップショットが残りませんでした。以前の実行で保存したものは無事です。\n\n`kura backups status {job}` で足りないものを確認し、`kura backups run {job}` を実行してください。',
  'app.incident-alike': '似た事例',
  'app.incident-alike-note': 'Kura が検出: 共通する語が多い',
  'app.incident-digits': '{job} が 3-2-1-1-0 ルールから外れました: {digits}',
  'app.incident-digits-body':
    'ジョブ {job} はそれまでルールを満たしていました。不足している項目と対処はジョブのページに表示されます。',
  'app.incident-verification': '{job}: コピー {copy} に誤りがあります',
  'app.incident-verification-body':
    '`{job}` のコピー `{copy}` を読み返したところ、壊れているか欠けているデータが見つかりました。\n\nほかのコピーを削除しないでください。`kura backups status {job}` を確認してください。',
  'app.auth-paste': 'CivitAI の API キーを貼り付け、Ctrl-D で終えてください (または --token-file で指定):',
  'app.auth-empty': 'キーが入力されていません。何も保存していません。',
  'app.auth-empty.advice':
    'CivitAI のアカウントページで API キーを作り、次のように実行してください: kura auth login < key.txt',
  'app.auth-refused': '{site} はこのキーを認めませんでした。何も保存していません。',
  'app.auth-refused.advice':
    'アカウントページで API キーを作り直してください。取り消したキーや途中で切れたキーは使えません。',
  'app.auth-stored': 'CivitAI に {account} としてログインしました。キー {token} は本人だけが読める形で保存しました。',
  'app.auth-none': 'CivitAI のキーは設定されていません。匿名の利用者として読み取ります。',
  'app.auth-status': 'CivitAI はキー {token} を {account} のものと認めています (出どころ: {source})。',
  'app.auth-removed': '保存していた CivitAI のキーを削除しました。環境変数や kura.yaml のキーは引き続き有効です。',
  'cli.auth': 'CivitAI の API キー',
  'cli.auth.login': 'API キーを CivitAI で確かめて保存 (標準入力から読み取り)',
  'cli.auth.login.token-file': '代わりにこのファイルからキーを読む',
  'cli.auth.status': '使っているキーと出どころ、誰のものかを表示',
  'cli.auth.logout': '保存したキーを削除',
  'app.login-server': 'サーバーが指定されていません。',
  'app.login-server.advice': '例: kura login --server https://kura.example.org',
  'app.login-open':
    'ログイン済みのブラウザーで {url} を開き、{minutes} 分以内に次のコードを入力してください:\n\n  {code}\n',
  'app.login-done': '{server} に {user} としてログインしました。キーは本人だけが読める形で保存しました。',
  'app.login-denied': 'ブラウザーで拒否されたか、アカウントがログインできない状態です。何も保存していません。',
  'app.login-denied.advice': 'kura login をもう一度実行し、コードを見比べてから承認してください。',
  'app.login-expired': '時間内にコードが承認されませんでした。何も保存していません。',
  'app.login-expired.advice': 'kura login をもう一度実行してください。',
  'app.login-none': '{server} にはログインしていません。',
  'app.login-none.advice':
    'kura login --server {server} でログインしてください。KURA_API_KEY のキーは Kura が保存したものではありません。',
  'app.logout-done': '{server} からログアウトしました。{user} のキーを失効させ、ここからも削除しました。',
  'cli.login': 'ブラウザーで承認するコードを使い、--server のサーバーにこのコマンドラインをログインさせる',
  'cli.login.name': 'サーバーでのキーの名前 (既定はこのマシンの名前)',
  'cli.login.scope':
    'キーに許す範囲: read、ingest、または models:write などの権限 (既定はアカウントとパスワード以外の自分の権限すべて)',
  'cli.logout': '--server のサーバーにキーを返し、ここからも削除する',
};
