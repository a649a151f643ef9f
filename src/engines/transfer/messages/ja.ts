import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'transfer.access-denied': '{host} がこのファイルの提供を拒否しました ({status})。{reason}',
  'transfer.access-denied.advice':
    '早期アクセス期間中、公開制限、地域制限などが考えられます。受信済みの分は残っています。',
  'transfer.bad-address': 'Kura が扱えるウェブアドレスではありません (スキーム「{scheme}」)。何も送信していません。',
  'transfer.bad-address.advice': 'https:// または http:// で始まるアドレスを指定してください。',
  'transfer.bad-bandwidth-window': '「{text}」は帯域上限の時間帯として読めません。何も変更していません。',
  'transfer.bad-bandwidth-window.advice': '例: 22:00-07:00 unlimited, mon-fri 08:00-18:00 500K',
  'transfer.bad-expected-hash': '「{expected}」は {algorithm} のハッシュではありません。何も取得していません。',
  'transfer.bad-expected-hash.advice': 'ハッシュをコピーし直してください。SHA256 と BLAKE3 は 16 進数で 64 桁です。',
  'transfer.bad-rate': '「{text}」は速度として読めません。何も変更していません。',
  'transfer.bad-rate.advice': '1 秒あたりのバイト数を 500K、2M、unlimited のように指定してください。',
  'transfer.busy': '別のダウンロードがこのファイルに書き込んでいます ({path})。',
  'transfer.busy.advice': '終わるのを待つか、そちらを止めてください。途中のデータは後から続けられます。',
  'transfer.connection-lost': '接続が繰り返し失敗しました: {reason}。受信済みの分は残っています。',
  'transfer.connection-lost.advice':
    'ネットワークを確認し、同じコマンドをもう一度実行してください。続きから再開します。',
  'transfer.cut-short':
    'サーバーが途中で接続を切ってしまいます ({announcedBytes} バイト中 {receivedBytes} バイト)。再開できる分は残っています。',
  'transfer.cut-short.advice': '時間をおいて再実行するか、--connections 1 をお試しください。',
  'transfer.disk-space':
    '{folder} の空きが足りません。必要 {neededBytes} バイト、空き {freeBytes} バイト。何も書き込んでいません。',
  'transfer.disk-space.advice': '空きを作るか、別のフォルダーを選んでください。',
  'transfer.encoded':
    '{host} は、圧縮しないよう求めたのに圧縮形式 ({encoding}) で送ってきました。何も書き込んでいません。',
  'transfer.encoded.advice': '別の入手先をお使いください。Kura は長さを確かめられるデータだけを保存します。',
  'transfer.file-changed': '{path} は読み取り中に書き換えられたため、ハッシュに意味がありません。',
  'transfer.file-changed.advice': '書き込みが終わってから、もう一度お試しください。',
  'transfer.hash-mismatch':
    '{algorithm} が一致しません。実際は {actual}、期待した値は {expected} です。正式な名前は付けず、データは {path} に残しました。',
  'transfer.hash-mismatch.advice':
    '2 回取得しました。もう一度試しても {actual} になるなら、期待した値の誤りと思われます。はっきりするまでファイルを読み込まないでください。',
  'transfer.insecure-redirect': '{from} が暗号化されていない {to} へ転送しようとしたため、従いませんでした。',
  'transfer.insecure-redirect.advice': 'サイトに知らせるか、https のまま届くアドレスをお使いください。',
  'transfer.interrupted': 'ダウンロードを中断しました。{keptBytes, bytes} は残っています。',
  'transfer.interrupted.advice': '同じコマンドをもう一度実行すると、続きから再開します。',
  'transfer.login-required': '{host} では、このファイルの取得にサインインが必要です。{reason}',
  'transfer.login-required.advice': 'ダウンロード権限のあるアカウントの API トークンを設定してください。',
  'transfer.not-a-folder':
    '{path} はファイルか、ファイルの下の場所なので、ここには保存できません。何も取得していません。',
  'transfer.not-a-folder.advice': '別のフォルダーを選ぶか、そのファイルの名前を変えてください。',
  'transfer.not-a-plain-file': '{path} は通常のファイルではないため、ハッシュを計算できません。',
  'transfer.not-a-plain-file.advice': 'ファイル、またはフォルダー内のファイルを指定してください。',
  'transfer.not-found': '{host} にこのファイルはありません ({status})。{reason}',
  'transfer.not-found.advice': '削除または移動された可能性があります。検索し直すか、バックアップから復元してください。',
  'transfer.not-the-file': '{host} はファイルではなくページ ({kind}) を返しました。その内容は一切書き込んでいません。',
  'transfer.not-the-file.advice':
    'ログイン画面やロボット確認が挟まっていることがよくあります。トークンを設定するか、後でお試しください。',
  'transfer.part-changed': '{path} は検証後に書き換えられました。正式な名前は付けていません。',
  'transfer.part-changed.advice': 'もう一度ダウンロードを実行すると、データを検証し直します。',
  'transfer.proxy-login': 'プロキシがユーザー名とパスワードを求めています。プロキシ経由では何も送信していません。',
  'transfer.proxy-login.advice': 'プロキシのアドレスに含めてください: http://name:password@host:port',
  'transfer.proxy-refused': 'プロキシがこの接続を許可していません。何も送信していません。',
  'transfer.proxy-refused.advice': 'プロキシの管理者に許可を依頼するか、network.noProxy にホストを指定してください。',
  'transfer.rate-limited': '{host} が間隔を空けるよう求めています ({status})。{reason} 受信済みの分は残っています。',
  'transfer.rate-limited.advice': 'しばらく待ってから続けてください。接続数を減らすのも有効です。',
  'transfer.server-error': '{host} 側で問題が起きています ({status})。{reason} 受信済みの分は残っています。',
  'transfer.server-error.advice': '時間をおいてお試しください。続きから再開します。',
  'transfer.size-mismatch':
    '入手先のファイルは {actualBytes} バイトですが、公開値は {expectedBytes} バイトです。正式な名前は付けていません。',
  'transfer.size-mismatch.advice':
    'そのアドレスは別のバリエーションを返しているかもしれません。ファイルを明示的に選んでください。',
  'transfer.source-changing': '入手先のファイルが変わり続けており、断片をつなぎ合わせられません。',
  'transfer.source-changing.advice': '時間をおくか、--connections 1 でお試しください。',
  'transfer.stalled': 'サーバーからのデータが何度も途絶えました。受信済みの分は残っています。',
  'transfer.stalled.advice': '同じコマンドをもう一度実行すると、続きから再開します。',
  'transfer.target-exists':
    '{path} には別の内容のファイルがあるため、そのまま残しました。新しいファイルは {part} として待機しています。',
  'transfer.target-exists.advice': '別の名前を選ぶか、古いファイルの置き換えを指定してください。',
  'transfer.too-large': 'ファイルは {actualBytes} バイト以上あり、上限の {maxBytes} バイトを超えています。',
  'transfer.too-large.advice': 'このファイルが必要なら、上限を引き上げてください。',
  'transfer.too-many-redirects': '{host} の転送が終わりません。',
  'transfer.too-many-redirects.advice':
    'ブラウザーでアドレスを開き、ログインなど何を求められているか確認してください。',
  'transfer.unexpected-status': '{host} から想定外の応答がありました ({status})。{reason}',
  'transfer.unexpected-status.advice': '時間をおいてお試しになるか、アドレスを確認してください。',
  'transfer.untrusted': 'サーバーが本物であることを確認できません: {reason}。何も送信していません。',
  'transfer.untrusted.advice':
    '社内や自宅のサーバー・プロキシなら、その認証局の証明書を Kura に渡してください (--cacert または network.caFile)。そうでなければ、このアドレスは使わないでください。',
  'transfer.wrong-range': 'サーバーが、求めた範囲とは違うデータを送ってきました。そのデータは使っていません。',
  'transfer.wrong-range.advice': '--connections 1 を付けてもう一度お試しください。',
};
