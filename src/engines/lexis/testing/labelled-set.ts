/**
 * Texts about incidents and AI models with queries and the texts each query should find, judged by reading. The
 * classes are those of spec/knowledge-search.md §3.6; `variant` are katakana spellings and hiragana.
 */
export interface LabelledText {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export interface LabelledQuery {
  readonly kind:
    | 'two-kanji'
    | 'single'
    | 'variant'
    | 'compound'
    | 'english'
    | 'mixed'
    | 'code'
    | 'typo'
    | 'phrase'
    | 'sentence';
  readonly text: string;
  readonly relevant: readonly string[];
}

export const labelledTexts: readonly LabelledText[] = [
  text(
    'j01',
    'VPN障害で本社に接続できない',
    '証明書の期限切れによりVPN装置が新しい接続を拒否した。証明書を更新して復旧した。',
  ),
  text(
    'j02',
    'ファイルサーバーの容量不足',
    '共有フォルダーの空き容量がなくなり保存に失敗。古いログを退避して解消した。',
  ),
  text('j03', 'ﾌﾟﾘﾝﾀｰから印刷できない', 'プリンタードライバの更新後に印刷ジョブが滞留した。スプーラーを再起動した。'),
  text('j04', 'メールの遅延', '迷惑メールフィルタの負荷が高く、受信メールの配送が三時間遅れた。'),
  text(
    'j05',
    'データベースのデッドロック',
    '夜間バッチと集計処理が同じ表を更新しデッドロックになった。更新順序を揃えた。',
  ),
  text('j06', 'バックアップ失敗の一次対応', 'バックアップが失敗したらまず空き容量と認証情報を確認し、再実行する。'),
  text(
    'j07',
    'ランサムウェア感染時の初動',
    '感染端末をネットワークから隔離し、オフラインの複製から復元する。電源は切らない。',
  ),
  text('j08', '多要素認証の再登録', '携帯電話を交換した利用者の認証アプリを再登録する手順。本人確認を先に行う。'),
  text('j09', 'アカウントロックの解除', 'パスワードを五回間違えるとロックされる。管理者が解除する。'),
  text('j10', '無線LANが頻繁に切れる', 'アクセスポイントのチャネル干渉が原因。チャネルを固定して改善した。'),
  text('j11', 'DNSの名前解決に失敗', '内部DNSサーバの転送先が停止していた。転送先を二台にした。'),
  text('j12', '停電後の起動手順', 'UPSからの給電が戻ったらストレージ、サーバー、仮想基盤の順に起動する。'),
  text('j13', '証明書の期限監視', 'ウェブサーバーの証明書は期限の三十日前に通知する。'),
  text('j14', 'テープ装置のクリーニング', '読み取りエラーが増えたらクリーニングテープを使う。月に一度が目安。'),
  text('j15', '復元テストの計画', '四半期に一度、無作為に選んだ複製から復元し、ハッシュ値を照合する。'),
  text('j16', '世代管理と保存期間', '日次七世代、週次四世代、月次十二世代を保存する。'),
  text('j17', '仮想マシンの移行', 'ハイパーバイザーの保守のため仮想マシンを別の物理機へ移行した。停止時間はなかった。'),
  text('j18', '勤怠システムの障害対応', '打刻が反映されない。連携処理の再実行で回復した。恒久対策は接続数の見直し。'),
  text('j19', '基幹系ネットワーク障害の報告', 'コアスイッチの電源故障により全拠点の通信が二十分停止した。'),
  text('j20', 'ソフトウェア更新の配布方針', '更新は先行部署で一週間試してから全社へ配布する。'),
  text('j21', 'ウィルス対策ソフトの誤検知', '業務アプリが隔離された。除外設定を追加し、定義ファイルを更新した。'),
  text('j22', 'ディスク故障と交換', 'RAIDの一台が故障。予備ディスクへ再構築した後に交換した。'),
  text('j23', 'サーバ室の温度上昇', '空調の停止で室温が三十五度になった。負荷の低い機器を停止した。'),
  text('j24', '時刻同期のずれ', 'NTPの参照先が応答せず、時刻が五分ずれて認証が失敗した。'),
  text('j25', '鍵の保管', '暗号化の鍵は二か所に分けて保管し、年に一度交換する。'),
  text('j26', '監査ログの保全', '監査ログは改ざんを検知できる形で七年間保全する。'),
  text('j27', '問い合わせ窓口の手引き', '利用者からの連絡は記録し、影響と緊急度から優先度を決める。'),
  text('j28', '変更管理の承認', '本番環境の変更は二名の承認を得てから実施する。'),
  text('j29', 'リモートデスクトップが遅い', '画面転送の帯域が不足。色数を減らすと改善した。'),
  text('j30', 'クラウドの請求額が急増', '停止し忘れた仮想サーバーが原因。予算の通知を設定した。'),
  text('j31', '東京都拠点の回線増強', '東京都の拠点で回線を増強した。京都支店は対象外。'),
  text('j32', 'インシデントの振り返り', '何が起きたかを時系列で書き、再発を防ぐ対策を決める。'),
  text('m01', 'LoRAの適用方法', 'LoRAは基本モデルに重ねて使う。強度は0.6から0.8が目安。'),
  text('m02', 'チェックポイントの置き場所', 'safetensors形式のモデルはmodels/checkpointsへ置く。'),
  text('m03', 'SDXL用VAEの選択', '画像の色が薄いときはVAEを変更する。SDXL 1.0には専用のVAEがある。'),
  text('m04', '画像生成でメモリー不足', 'CUDA out of memory が出たら解像度を下げるか、分割処理を使う。'),
  text('m05', 'ピクル形式の危険性', 'pickle形式のファイルは読み込むだけで任意のコードを実行できる。隔離して検査する。'),
  text('m06', '量子化モデルの精度', 'GGUFのQ4_K_Mは容量と精度の釣り合いがよい。'),
  text('m07', 'ハッシュ値によるモデルの照合', 'SHA256とAutoV2で配布元の版を特定する。'),
  text('m08', '埋め込みの使い方', 'テキスト反転の埋め込みは否定プロンプトで使うことが多い。'),
  text('m09', '学習データの権利確認', '学習に使う画像の利用許諾を確認し、記録を残す。'),
  text('m10', '生成画像の商用利用', 'モデルのライセンスで商用利用が認められているかを確かめる。'),
  text('m11', 'ControlNetで姿勢を指定', '骨格画像から人物の姿勢を指定する。'),
  text('m12', 'モデルの重複を整理', '同じハッシュのファイルはハードリンクにまとめて容量を節約する。'),
  text(
    'e01',
    'Restoring a mailbox from backup',
    'Open the recovery console, pick the snapshot and restore the mailbox to a new folder.',
  ),
  text(
    'e02',
    'Remote desktop licensing failed',
    'The remote desktop session was refused because the licence server could not be reached.',
  ),
  text(
    'e03',
    'Expired certificates on the load balancer',
    'Clients saw TLS warnings. The certificate was renewed and deployed.',
  ),
  text(
    'e04',
    'Access denied 0x80070005 during update',
    'Windows Update stops with error 0x80070005. Reset the permissions of the component store.',
  ),
  text(
    'e05',
    'ORA-01017 after password rotation',
    'The application kept the old password: invalid username/password; logon denied.',
  ),
  text('e06', 'Disable TLSv1.0 and require TLSv1.3', 'Old clients need an update before TLSv1.3 is enforced.'),
  text('e07', 'Kubernetes pods evicted', 'Nodes ran out of disk; k8s evicted pods. Images were pruned.'),
  text(
    'e08',
    'Slow queries after the upgrade',
    'The database chose another plan. Statistics were refreshed and the index rebuilt.',
  ),
  text(
    'e09',
    'Path too long on file shares',
    'Backup of C:\\Users\\Public\\Documents skipped files whose path was too long.',
  ),
  text(
    'e10',
    'Authentication loop in the portal',
    'Users were redirected forever after single sign-on; cookies were blocked.',
  ),
  text(
    'e11',
    'Quantized checkpoints lose detail',
    'Use fp16 safetensors when the quantized checkpoint shows artifacts.',
  ),
  text('e12', 'Merging LoRA weights', 'Weights of several adapters can be merged into one checkpoint.'),
  text('e13', 'Scheduler samplers compared', 'DPM++ 2M Karras converges quickly; Euler a keeps changing.'),
  text(
    'e14',
    'Scanning pickles before loading',
    'A malicious pickle imports os.system. Quarantine files with dangerous opcodes.',
  ),
  text(
    'e15',
    'Resuming interrupted downloads',
    'Range requests continue from the last verified block; the hash is checked at the end.',
  ),
  text(
    'e16',
    'Immutable storage for ransomware protection',
    'Object lock keeps backups unchanged until the retention date.',
  ),
  text('e17', 'GPU driver mismatch', 'CUDA 12.4 needs a newer driver; inference fell back to the CPU.'),
  text('e18', 'Tokenizer file missing', 'tokenizer.json was not downloaded, so the text encoder failed to load.'),
];

export const labelledQueries: readonly LabelledQuery[] = [
  query('two-kanji', '障害', ['j01', 'j18', 'j19']),
  query('two-kanji', '復元', ['j07', 'j15']),
  query('two-kanji', '容量', ['j02', 'j06', 'm06', 'm12']),
  query('two-kanji', '認証', ['j06', 'j08', 'j24']),
  query('two-kanji', '隔離', ['j07', 'j21', 'm05']),
  query('two-kanji', '商用', ['m10']),
  query('single', '鍵', ['j25']),
  query('single', '版', ['m07']),
  query('variant', 'サーバ', ['j02', 'j11', 'j12', 'j13', 'j23', 'j30']),
  query('variant', 'ｻｰﾊﾞｰ', ['j02', 'j11', 'j12', 'j13', 'j23', 'j30']),
  query('variant', 'ぷりんたー', ['j03']),
  query('variant', 'フォルダ', ['j02']),
  query('variant', 'ウイルス', ['j21']),
  query('variant', 'メモリ不足', ['m04']),
  query('variant', 'ばっくあっぷ', ['j06']),
  query('compound', 'ネットワーク障害', ['j19']),
  query('compound', 'バックアップ失敗', ['j06']),
  query('compound', '障害対応', ['j18']),
  query('compound', '証明書更新', ['j01']),
  query('compound', 'モデル照合', ['m07']),
  query('compound', 'ディスク交換', ['j22']),
  query('english', 'restore mailbox', ['e01']),
  query('english', 'certificate expired', ['e03']),
  query('english', 'merge weight', ['e12']),
  query('english', 'download resume', ['e15']),
  query('english', 'remote desktop', ['e02']),
  query('english', 'pickle scan', ['e14']),
  query('mixed', 'VPN障害', ['j01']),
  query('mixed', 'VPN 証明書', ['j01']),
  query('mixed', 'DNSサーバー', ['j11']),
  query('mixed', 'LoRA 強度', ['m01']),
  query('mixed', 'SDXLのVAE', ['m03']),
  query('mixed', 'pickle 危険', ['m05']),
  query('code', '0x80070005', ['e04']),
  query('code', 'ORA-01017', ['e05']),
  query('code', 'TLS 1.3', ['e06']),
  query('code', 'C:\\Users\\Public', ['e09']),
  query('code', 'tokenizer.json', ['e18']),
  query('code', 'sha-256', ['m07']),
  query('typo', 'authentcation', ['e10']),
  query('typo', 'certifcates balancer', ['e03']),
  query('typo', 'quantzied checkpoint', ['e11']),
  query('typo', 'kuberntes', ['e07']),
  query('phrase', '"out of memory"', ['m04']),
  query('phrase', '「時系列で書き」', ['j32']),
  query('phrase', '"object lock"', ['e16']),
  query('sentence', '停電のあとどの順に起動すればよいですか', ['j12']),
  query('sentence', 'パスワードを間違えてロックされた', ['j09']),
  query('sentence', '印刷ができなくなった', ['j03']),
];

function text(id: string, title: string, body: string): LabelledText {
  return { id, title, body };
}

function query(kind: LabelledQuery['kind'], wording: string, relevant: readonly string[]): LabelledQuery {
  return { kind, text: wording, relevant };
}
