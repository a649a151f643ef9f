import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'civitai.ref-invalid': '「{ref}」からはモデルを特定できません。',
  'civitai.ref-invalid.advice':
    'CivitAI のページやダウンロードの URL、AIR (urn:air:…)、モデル ID (123)、モデルとバージョン (123@456)、バージョン (@456)、ハッシュ (sha256:…) のいずれかを指定してください。',
  'civitai.ref-is-image': '「{ref}」は画像のアドレスで、どのモデルのものかはわかりません。',
  'civitai.ref-is-image.advice': 'CivitAI で画像を開き、使われているモデルのページのアドレスをコピーしてください。',
  'civitai.ref-is-storage': '「{ref}」は期限つきの保管先アドレスで、モデルを特定できません。',
  'civitai.ref-is-storage.advice': 'モデルのページか、CivitAI のダウンロードアドレスを指定してください。',
  'civitai.ref-other-page': '「{ref}」は CivitAI のページですが、特定のモデルのページではありません。',
  'civitai.ref-other-page.advice': 'モデルを開き、そのページのアドレス (…/models/123) をコピーしてください。',
  'civitai.ref-other-source': '「{ref}」は {source} のモデルです。Kura が調べられるのは CivitAI のモデルだけです。',
  'civitai.ref-other-source.advice':
    'CivitAI で同じモデルを探すか、ファイルのアドレスを `kura fetch` に渡してダウンロードしてください。',
  'civitai.base-url-invalid': 'CivitAI API のアドレスが使えません: {url}',
  'civitai.base-url-invalid.advice':
    'KURA_CIVITAI_URL に https://civitai.com のような http(s) のアドレスを設定してください。',
  'civitai.request-refused': 'CivitAI がリクエスト {path} を受け付けませんでした (ステータス {status})。{detail}',
  'civitai.request-refused.advice':
    '絞り込み条件を確認してください。綴りと大文字・小文字は CivitAI の表記に合わせる必要があります。',
  'civitai.too-many-pages': 'CivitAI はページ番号ではこれ以上先の結果を返しません。',
  'civitai.too-many-pages.advice': 'カーソルで続きを読むか、検索条件を絞ってください。',
  'civitai.token-needed': 'この内容を得るには CivitAI へのサインインが必要です ({path})。{detail}',
  'civitai.token-needed.advice':
    'CivitAI のアカウントページで API キーを作成し、KURA_CIVITAI_TOKEN に設定してください。設定済みの場合は、キーが無効になっている可能性があります。',
  'civitai.download-disabled': '作者がこのファイルのダウンロードを停止しています。',
  'civitai.download-disabled.advice': 'トークンを設定しても変わりません。別のバージョンを探してください。',
  'civitai.early-access': 'このバージョンは {deadline} まで早期アクセス期間中です。',
  'civitai.early-access.advice':
    '公開を待つか、CivitAI でアクセス権を購入し、そのアカウントのトークンを使ってください。',
  'civitai.paid-access': 'このバージョンはアクセス権の購入者だけに公開されています。',
  'civitai.paid-access.advice':
    'CivitAI でアクセス権を購入してそのアカウントのトークンを使うか、別のバージョンを選んでください。',
  'civitai.not-entitled': 'お使いの CivitAI アカウントには、このファイルへのアクセス権がありません。',
  'civitai.not-entitled.advice': '作者が求める条件をモデルのページで確認してください。',
  'civitai.forbidden': 'CivitAI が {path} へのアクセスを拒否しました。{detail}',
  'civitai.forbidden.advice':
    'アカウントかネットワークが制限されている可能性があります。ブラウザで CivitAI を開いて確認してください。',
  'civitai.challenge': 'API の代わりに CivitAI のボット対策ページが返されました。失われたものはありません。',
  'civitai.challenge.advice':
    '数分おいてから試してください。続く場合は、別のネットワークを使うか VPN を切ってください。',
  'civitai.region-blocked': 'このネットワークの地域からは CivitAI を利用できません。{detail}',
  'civitai.region-blocked.advice': '再試行しても変わりません。すでに手元にあるものはそのまま使えます。',
  'civitai.not-found': 'CivitAI に {path} は見つかりませんでした。{detail}',
  'civitai.not-found.advice':
    'ID を確認してください。モデルが非公開になったか、あなたには表示されない設定かもしれません。',
  'civitai.archived': '作者がこのモデルをアーカイブしたため、CivitAI からは入手できません。',
  'civitai.archived.advice':
    '手元のコピーを大切に保管してください。別のバージョンや似たモデルなら入手できるかもしれません。',
  'civitai.rate-limited':
    'リクエストが多すぎるため、CivitAI から休止を求められました。ここまでに読み込んだ分は残っています。',
  'civitai.rate-limited.advice': '数分後にもう一度試してください。続きから再開します。',
  'civitai.download-quota':
    'CivitAI がこのアカウントまたはネットワークのダウンロードを一時停止しました。取得済みの部分は残っています。',
  'civitai.download-quota.advice': '数時間おいてから再開してください。繰り返し試すと、停止が長引きます。',
  'civitai.page-broken': '結果の中に壊れた項目があるため、CivitAI がこのページを返せません。',
  'civitai.page-broken.advice': '検索条件を絞るか並び順を変えて、ページの区切りをずらしてください。',
  'civitai.server-error': 'CivitAI 側で問題が起きています (ステータス {status})。{detail}',
  'civitai.server-error.advice': 'しばらくしてから試してください。ここまでに読み込んだ分は残っています。',
  'civitai.unreachable': 'CivitAI に接続できませんでした: {reason}',
  'civitai.unreachable.advice': 'ネットワーク接続を確認してから、同じコマンドをもう一度実行してください。',
  'civitai.timeout': 'CivitAI が {path} に {seconds} 秒以内に応答しませんでした。',
  'civitai.timeout.advice': 'しばらくしてから試すか、1 ページあたりの件数を減らしてください。',
  'civitai.not-json': '{path} への応答がデータではありませんでした ({type})。',
  'civitai.not-json.advice':
    'KURA_CIVITAI_URL を確認してください。プロキシやログインページが間に入って応答している可能性があります。',
  'civitai.answer-unreadable': '{path} への応答が想定した形ではありません ({reason})。',
  'civitai.answer-unreadable.advice':
    'KURA_CIVITAI_URL が CivitAI の API を指しているか確認してください。正しい場合は API が変更されています。ご報告ください。',
  'civitai.pages-repeated':
    'CivitAI が、送信済みの結果だけのページを {pages} 回続けて返しました。受け取った結果は残っています。',
  'civitai.pages-repeated.advice': 'しばらくしてから試すか、検索条件を絞る、または並び順を変えてください。',
  'civitai.end-unclear':
    '結果に続きがあるかどうかを CivitAI の応答から判断できません ({keys})。読み込んだ分は残っていますが、全件ではない可能性があります。',
  'civitai.end-unclear.advice':
    'API が変更されたようです。ご報告ください。Kura が更新されるまでは、1 ページに収まるように検索条件を絞ってください。',
  'civitai.answer-too-large': '応答が {maxBytes} バイトを超えたため、読み込みませんでした。',
  'civitai.answer-too-large.advice': '1 ページあたりの件数を減らしてください。',
  'civitai.circuit-open':
    '{host} が続けて正常に応答しなかったため、あと {seconds} 秒は接続を控えます。ここまでに読み込んだ分は残っています。',
  'civitai.circuit-open.advice': 'しばらくしてからもう一度試してください。接続の状態は `kura doctor` で確認できます。',
  'civitai.redirected': 'CivitAI のアドレスが {host} へ転送されましたが、転送先には接続していません。',
  'civitai.redirected.advice': 'そのホストを信頼できる場合は、KURA_CIVITAI_URL に設定してください。',
};
