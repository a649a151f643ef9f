/** Words of IT that stand for each other, across Japanese and English: the last thing tried when all words are wanted. */
import { analyse } from './analyse.ts';
import { writtenVariants } from './written-variants.ts';

const groups: ReadonlyArray<readonly string[]> = [
  ['障害', 'インシデント', 'トラブル', 'incident', 'outage'],
  ['認証', 'authentication'],
  ['ログイン', 'サインイン', 'ログオン', 'login', 'logon', 'signin'],
  ['ログアウト', 'サインアウト', 'logout', 'signout'],
  ['証明書', 'certificate'],
  ['暗号化', '暗号', 'encryption', 'encrypted'],
  ['鍵', 'キー', 'key', '暗号鍵'],
  ['パスワード', '合言葉', 'password'],
  ['アカウント', '利用者', 'ユーザー', 'account', 'user'],
  ['権限', 'アクセス権', 'permission'],
  ['バックアップ', '控え', 'backup'],
  ['復元', 'リストア', 'restore'],
  ['復旧', '回復', 'リカバリー', 'recovery'],
  ['移行', 'マイグレーション', 'migration'],
  ['更新', 'アップデート', 'アップグレード', 'update', 'upgrade'],
  ['設定', '構成', 'コンフィグ', 'configuration', 'settings'],
  ['監視', 'モニタリング', 'monitoring'],
  ['通知', 'アラート', '警告', 'alert', 'warning'],
  ['容量', 'ディスク領域', 'capacity'],
  ['遅い', '遅延', '低速', 'slow'],
  ['接続', 'connection', 'connect'],
  ['回線', '通信', 'ネットワーク', 'network'],
  ['無線', 'wifi', 'wi-fi', '無線LAN'],
  ['サーバー', 'server'],
  ['データベース', 'database', 'db'],
  ['ディスク', 'disk', 'ストレージ', 'storage'],
  ['メモリー', 'memory', '記憶'],
  ['GPU', '画像処理装置', 'グラフィックボード', 'グラボ'],
  ['端末', 'パソコン', 'ノートパソコン', 'ノート端末', 'PC', 'laptop'],
  ['プリンター', '複合機', 'printer'],
  ['印刷', 'print', 'printing'],
  ['メール', '電子メール', 'mail', 'email'],
  ['携帯電話', '携帯', 'スマートフォン', 'スマホ', 'smartphone'],
  ['会議', 'ミーティング', 'meeting'],
  ['ソフトウェア', 'ソフト', 'アプリ', 'アプリケーション', 'software', 'application'],
  ['脆弱性', 'vulnerability'],
  ['ウイルス', 'マルウェア', 'malware', 'virus'],
  ['エラー', '誤り', '不具合', 'バグ', 'error', 'bug'],
  ['失敗', 'failure', 'failed'],
  ['故障', '破損', '壊れる'],
  ['停止', 'ダウン', 'down'],
  ['再起動', 'リブート', 'reboot', 'restart'],
  ['申請', '依頼', 'リクエスト', 'request'],
  ['手順', '方法', 'やり方', 'procedure'],
  ['変更', 'change'],
  ['問題', 'problem', 'issue'],
  ['ログ', '記録', 'log'],
  ['窓口', 'ヘルプデスク', 'サポート', 'helpdesk'],
  ['期限切れ', '失効', 'expired'],
  ['ダウンロード', '取得', 'download'],
  ['アップロード', 'upload'],
  ['フォルダー', 'ディレクトリ', 'folder', 'directory'],
  ['ファイル', 'file'],
  ['クラウド', 'cloud'],
  ['仮想マシン', '仮想サーバー', 'VM'],
  ['コンテナ', 'container'],
  ['ワークフロー', '作業の流れ', 'workflow'],
  ['モデル', 'model'],
  ['チェックポイント', 'checkpoint'],
  ['学習', 'トレーニング', 'training'],
  ['生成', 'generation'],
  ['画像', 'イメージ', 'image'],
  ['量子化', 'quantization', 'quantized'],
  ['プロンプト', '指示文', 'prompt'],
  ['ライセンス', '利用条件', '利用許諾', 'license', 'licence'],
  ['シード', '種', 'seed'],
  ['重み', 'weights'],
  ['メモリー不足', 'out of memory', 'OOM'],
  ['容量不足', 'disk full', '空き容量がない'],
  ['夜間', '夜中', '深夜', 'night'],
  ['停電', '電源断', 'power failure', 'power outage'],
  ['起動', '開始', 'start', 'boot'],
  ['順番', '順序', 'order'],
  ['退職', '退社'],
  ['社員', '従業員', 'employee'],
  ['購入', '購買', '調達', 'purchase'],
  ['研修', '教育', '講習'],
  ['インストール', '導入', 'install'],
  ['アンインストール', '削除', '消去', 'delete', 'remove'],
  ['テスト', '試験', 'test'],
  ['ドライバー', 'driver'],
  ['ブラウザー', 'browser'],
  ['画面', 'モニター', 'ディスプレイ', 'screen', 'display'],
  ['キーボード', 'keyboard'],
  ['無停電電源装置', 'UPS'],
  ['ファイアウォール', 'firewall'],
  ['ルーター', 'router'],
  ['スイッチ', 'switch'],
  ['プロキシ', 'proxy'],
  ['監査', 'audit'],
  ['隔離', 'quarantine'],
  ['同期', 'sync', 'synchronization'],
  ['複製', 'コピー', 'レプリケーション', 'copy', 'replication'],
  ['性能', 'パフォーマンス', 'performance'],
  ['予定', '日程', 'スケジュール', 'schedule'],
  ['費用', '料金', 'コスト', 'cost'],
  ['棚卸', 'インベントリ', 'inventory'],
  ['資産', 'asset'],
  ['自動化', '自動', 'automation'],
  ['多要素認証', '二要素認証', '二段階認証', 'MFA', '2FA'],
  ['シングルサインオン', 'SSO'],
  ['フリーズ', '固まる', '無応答', 'freeze', 'hang'],
  ['クラッシュ', '異常終了', '落ちる', 'crash'],
  ['添付', 'attachment'],
  ['迷惑メール', 'スパム', 'spam'],
  ['転送', 'forward'],
  ['署名', 'サイン', 'signature'],
  ['拡張機能', '拡張', 'プラグイン', 'plugin', 'extension'],
  ['解像度', 'resolution'],
  ['推論', 'inference'],
  ['追加学習', '微調整', 'ファインチューニング', 'fine-tuning'],
  ['埋め込み', 'embedding'],
  ['紛失', 'なくした', '失くした', 'lost'],
  ['盗難', '盗まれた', 'stolen'],
  ['休暇', '休み', 'leave'],
  ['お知らせ', 'おしらせ', '告知'],
  ['マイク', 'マイクロフォン', 'マイクロホン', 'microphone'],
  ['在宅勤務', 'テレワーク', 'リモートワーク', 'remote work'],
];

/** By what the words are after analysis; made when it is first asked, since most commands never ask. */
let byWord: ReadonlyMap<string, readonly string[]> | undefined;

/** Other words for `word`, whatever its spelling or form; none for most words. */
export function synonymsOf(word: string): readonly string[] {
  byWord ??= analysedGroups();
  return [...new Set([...(byWord.get(keyOf(word)) ?? []), ...writtenVariants(word)])];
}

function analysedGroups(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Map.groupBy(
      groups.flatMap((group) => group.map((word) => ({ key: keyOf(word), group }))),
      ({ key }) => key,
    )
      .entries()
      .map(([key, found]) => [
        key,
        [...new Set(found.flatMap(({ group }) => group))].filter((word) => keyOf(word) !== key),
      ]),
  );
}

function keyOf(word: string): string {
  return analyse(word)
    .filter((term) => term.position !== undefined)
    .map((term) => term.text)
    .join(' ');
}
