import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';
import { operationsJa } from './operations.ja.ts';
import { registerJa } from './register.ja.ts';
import { storageJa } from './storage.ja.ts';

export const ja: Catalogue<keyof typeof en> = {
  ...storageJa,
  ...operationsJa,
  ...registerJa,
  'vault.already-exists': '{location} にはすでにリポジトリがあります。そのまま残しました。',
  'vault.already-exists.advice': 'そのリポジトリにバックアップするか、新しい場所を指定してください。',
  'vault.folder-not-empty': '{location} は空ではなく、リポジトリでもありません。何も書き込んでいません。',
  'vault.folder-not-empty.advice': '空のフォルダか、新しいフォルダを指定してください。',
  'vault.not-a-vault': '{location} にリポジトリはありません。',
  'vault.not-a-vault.advice':
    'パスと、ディスクがつながっているかを確認してください。新しく作るには「kura vault init」を使います。',
  'vault.config-damaged': 'リポジトリのファイル {object} が壊れています。保存済みのデータには触れていません。',
  'vault.config-damaged.advice':
    'config と config.copy のどちらかが無事なら、もう一方へ上書きコピーしてください。両方とも壊れていれば、リポジトリの複製から戻してください。',
  'vault.version-unsupported':
    'このリポジトリの形式はバージョン {version} です。この Kura が読めるのはバージョン {supported} です。',
  'vault.version-unsupported.advice': '書き込んだときの Kura か、それより新しい Kura を使ってください。',
  'vault.passphrase-missing': 'このリポジトリは暗号化されていますが、パスフレーズが指定されていません。',
  'vault.passphrase-missing.advice': '--passphrase-file か環境変数 KURA_VAULT_PASSPHRASE で指定してください。',
  'vault.passphrase-unused':
    'パスフレーズが指定されましたが、このリポジトリは暗号化されていません。何も行っていません。',
  'vault.passphrase-unused.advice':
    '暗号化されているはずなら、リポジトリが正しいか、config がすり替えられていないかを確認してください。暗号化なしで正しければ、パスフレーズを外してください。',
  'vault.passphrase-wrong': 'このパスフレーズではリポジトリを開けません。',
  'vault.passphrase-wrong.advice':
    '空白や改行が混ざっていないかも含めて確認してください。正しいパスフレーズがなければ誰にも開けません。',
  'vault.source-missing': 'バックアップ元のフォルダ {source} がありません。スナップショットは作っていません。',
  'vault.source-missing.advice': 'パスと、ディスクやネットワークフォルダが外れていないかを確認してください。',
  'vault.source-not-a-folder': '{source} はフォルダではありません。スナップショットは作っていません。',
  'vault.source-not-a-folder.advice':
    'そのファイルが入っているフォルダを指定してください。ほかのファイルは除外できます。',
  'vault.locked':
    '別のプロセスが {location} に書き込んでいます（ホスト {host}、プロセス {pid}、開始 {since}）。何も変更していません。',
  'vault.locked.advice':
    '終わるまでお待ちください。異常終了したプロセスは自動で見分けます（このマシンではすぐ、別のマシンでは 10 分後）。',
  'vault.lock-unreadable': '{location} のロック {lock} を読み取れません。何も変更していません。',
  'vault.lock-unreadable.advice': 'バックアップが動いていないことを確かめてから、そのファイルを削除してください。',
  'vault.lock-lost':
    '応答のない時間が長かったため、別のプロセスが {location} への書き込みを引き継ぎました。スナップショットは作っていませんが、保存済みのデータは残っています。',
  'vault.lock-lost.advice': '相手が終わってから、もう一度バックアップしてください。保存済みの続きから進みます。',
  'vault.storage-full':
    '{location} のリポジトリに空きがありません。保存済みのデータは残っています。スナップショットは作っていません。',
  'vault.storage-full.advice': '空きを作って、もう一度バックアップしてください。続きから進みます。',
  'vault.object-missing': 'リポジトリにオブジェクト {object} がありません。',
  'vault.object-missing.advice':
    '元のファイルが残っていれば、次のバックアップで保存し直します。残っていなければ、リポジトリの複製を探してください。',
  'vault.object-truncated': 'オブジェクト {object} の長さが、保存したときと違います。',
  'vault.object-truncated.advice':
    'ディスクを点検してください。元のファイルが残っていれば、次のバックアップで保存し直します。',
  'vault.object-damaged':
    'オブジェクト {object} が壊れています。保存した内容と一致しないため、中身は一切渡していません。',
  'vault.object-damaged.advice':
    'ディスクを点検してください。このオブジェクトをよそへ移すと、元のファイルが残っていれば次のバックアップで保存し直します。',
  'vault.content-mismatch': '取り出したファイルの SHA-256 が {sha256} と一致しません。',
  'vault.content-mismatch.advice': 'そのファイルは使わず、別のスナップショットか別のリポジトリから復元してください。',
  'vault.list-damaged': 'スナップショットのファイル一覧を読み取れません。',
  'vault.list-damaged.advice':
    '別のスナップショットを使ってください。どれが無事かは「kura vault verify」で分かります。',
  'vault.snapshot-damaged': 'スナップショット {object} が壊れています。ほかのスナップショットに影響はありません。',
  'vault.snapshot-damaged.advice': '別のスナップショットを使うか、このファイルをリポジトリの複製から戻してください。',
  'vault.snapshot-not-found': 'スナップショット {snapshot} はありません。',
  'vault.snapshot-not-found.advice': '「kura vault snapshots」で一覧を確認してください。ID は 4 桁以上必要です。',
  'vault.snapshot-ambiguous': '{snapshot} で始まるスナップショットが {matches} 個あります。',
  'vault.snapshot-ambiguous.advice': 'もっと長く指定してください。',
  'vault.no-snapshots': '{location} のリポジトリには、まだスナップショットがありません。',
  'vault.no-snapshots.advice': '「kura vault backup」で最初のスナップショットを作ってください。',
  'vault.file-not-found': 'スナップショット {snapshot} にファイル {path} はありません。',
  'vault.file-not-found.advice': 'パスはバックアップ元フォルダからの相対パスです。大文字と小文字は区別されます。',
  'vault.nothing-matches': 'スナップショットに {include} に当てはまるものがありません。何も書き込んでいません。',
  'vault.nothing-matches.advice': 'パスはバックアップ元フォルダからの相対パスです。大文字と小文字は区別されます。',
  'vault.target-exists': '{path} はすでに存在します。そのまま残しました。',
  'vault.target-exists.advice': '空のフォルダへ復元するか、既存のファイルを置き換えるか飛ばすかを選んでください。',
  'vault.path-escapes':
    'スナップショットに、復元先の外に出てしまうパス {path} が含まれています。書き込みを拒否しました。',
  'vault.path-escapes.advice':
    'Kura 自身はこのようなパスを書きません。誰が作ったスナップショットかを確認してください。',
  'vault.path-through-link': '{path} は本物のフォルダではなく、そこを通って書き込むことになるため拒否しました。',
  'vault.path-through-link.advice': '空のフォルダへ復元するか、先にリンクを取り除いてください。',
  'vault.link-target-missing': 'リンク先のファイル {target} が復元されていないため、ハードリンクを作れませんでした。',
  'vault.link-target-missing.advice': '両方を復元するか、リンク先のファイルを復元してください。',
  'vault.written-differs': '{path} を読み返したところ、書き込んだ内容と違いました。ファイルは置き換えていません。',
  'vault.written-differs.advice': '復元先のディスクとこのマシンのメモリを点検してから、もう一度復元してください。',
  'vault.worker-stopped': 'バックアップのワーカースレッドが予期せず止まりました。保存済みのデータは残っています。',
  'vault.worker-stopped.advice': 'もう一度実行してください。繰り返すときは、ログを添えてご報告ください。',
  'vault.file-unreadable': '{path} を読み取れず ({reason})、スナップショットに入っていません。',
  'vault.file-unreadable.advice': 'アクセス権とディスクを確認して、もう一度バックアップしてください。',
  'vault.folder-unreadable': 'フォルダ {path} の一覧を読み取れず ({reason})、中身はスナップショットに入っていません。',
  'vault.folder-unreadable.advice': 'アクセス権とディスクを確認して、もう一度バックアップしてください。',
  'vault.file-changed':
    '{path} は読み取りのたびに変化していました。スナップショットに入っていますが、二つの状態が混ざっているおそれがあります。',
  'vault.file-changed.advice':
    '書き込みのないときにもう一度バックアップするか、書き出したものをバックアップしてください。',
  'vault.attributes-unreadable':
    '{path} の拡張属性を読み取れませんでした ({reason})。内容はスナップショットに入っています。',
  'vault.attributes-unreadable.advice': 'アクセス権を確認して、もう一度バックアップしてください。',
  'vault.source-emptied':
    'バックアップ元にファイルが一つもなくなりました（前のスナップショットには {reason} 個ありました）。古いスナップショットには触れていません。',
  'vault.source-emptied.advice':
    'ディスクやネットワークフォルダがマウントされているかを確認してください。分かるまで、古いスナップショットは消さないでください。',
  'vault.attributes-not-kept':
    '拡張属性と ACL はスナップショットに入っていません。このシステムでは Kura から読み取れないためです。',
  'vault.attributes-not-kept.advice': '必要な場合は、64 ビットの Linux でバックアップしてください。',
  'vault.special-not-kept': '{path} はソケット、パイプ、デバイスのいずれかで、スナップショットに入っていません。',
  'vault.special-not-kept.advice': '対応は不要です。プログラムやシステムが作り直します。',
  'vault.name-clash': '{path} は復元していません。復元先では、スナップショットにある別の名前と区別できないためです。',
  'vault.name-clash.advice':
    '大文字と小文字を区別するディスクへ復元するか、二つ目のファイルを別の名前で復元してください。',
  'vault.owners-not-restored': '{count} 個のファイルは、元の所有者ではなくあなたのものになりました（最初は {path}）。',
  'vault.owners-not-restored.advice':
    '所有者も戻すには、管理者権限で復元してください。所有者とともに set-user-ID の権限も外しました。',
  'vault.attributes-not-restored': '{count} 個の拡張属性または ACL を設定できませんでした（最初は {path}、{reason}）。',
  'vault.attributes-not-restored.advice':
    '管理者にしか設定できないものや、ファイルシステムが対応していないものがあります。',
  'vault.links-not-restored':
    '{count} 個のハードリンクは、それぞれ独立したファイルになりました（最初は {path}）。復元先がほかの形を受け付けません ({reason})。',
  'vault.links-not-restored.advice': '失われたものはありません。使う容量が増えるだけです。',
  'vault.orphans':
    'どのスナップショットにも属さないオブジェクトが {objects} 個 ({bytes} バイト) あります。たいていは中断した実行の残りです。',
  'vault.orphans.advice':
    '害はありません。次のバックアップで使えるものは再利用され、残りは「kura vault prune」で取り除けます。',
  'vault.unknown-file': '{object} はリポジトリのファイルではありません。',
  'vault.unknown-file.advice': '心当たりがあれば、よそへ移してください。',
};
