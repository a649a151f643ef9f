import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'cli.hash': 'CivitAI がファイルの識別に使う 6 種類のハッシュを計算（外部には何も送りません）',
  'cli.hash.file': '計算するファイル',
  'cli.hash.progress': '{path}: {total} 中 {hashed}',
  'cli.fetch': '任意のアドレスから複数の接続でダウンロード（中断しても続きから再開）',
  'cli.fetch.url': 'ファイルのアドレス（http または https）',
  'cli.fetch.out': '書き込むファイル（フォルダがなければ作ります）',
  'cli.fetch.sha256': 'ファイルが持つべき SHA-256（一致しなければ終了コード 5）',
  'cli.fetch.connections': '並列接続数、1～16（既定 4）',
  'cli.fetch.connecting': '接続しています…',
  'cli.fetch.waiting': '次の試行まで待っています…',
  'cli.fetch.verifying': '照合しています…',
  'cli.fetch.verified': '照合できました。',
  'cli.fetch.progress': '{percent} %  {total} 中 {received}  毎秒 {speed}  残り {eta} 秒  接続 {connections}',
  'cli.fetch.progress-open': '{received}  毎秒 {speed}  接続 {connections}',
  'cli.fetch.done': '{path}: {size}、{seconds} 秒。\nSHA256 {sha256}',
  'cli.fetch.resumed': '{path}: {size}、{seconds} 秒（{resumed} の続きから再開）。\nSHA256 {sha256}',
  'cli.fetch.was-there': '{path} は既に同じ内容です（{size}）。\nSHA256 {sha256}',
  'cli.scan': 'モデルファイルを読み込まずに危険がないか検査（危険なものがあれば終了コード 4）',
  'cli.scan.path': 'ファイル、またはフォルダ（中身すべて）',
  'cli.scan.progress': '{files} ファイル、読み取り {bytes}、危険 {dangerous}',
  'cli.scan.total': '{files} ファイル、読み取り {bytes}: {found}。',
  'cli.scan.dangerous': '危険',
  'cli.scan.dangerous.advice':
    '読み込まないでください。ファイルは元の場所に残しています。削除するか、safetensors 版を探してください。',
  'cli.scan.invalid': '不正',
  'cli.scan.invalid.advice':
    'もう一度ダウンロードしてください。変わらなければ、公開されているファイル自体が壊れています。',
  'cli.scan.suspicious': '要注意',
  'cli.scan.suspicious.advice': '作者を信頼できる場合だけ使うか、safetensors 版を探してください。',
  'cli.scan.unscanned': '未検査',
  'cli.scan.unscanned.title': '検査していないもの:',
  'cli.scan.unscanned.advice':
    'ファイルの有無と読み取り権限を確認してください。リンク先を検査するには、リンク先そのものを指定してください。',
  'cli.scan.clean': '問題なし',
  'cli.scan.more': '… ほか {count} 件（--json ですべて表示）',
  'cli.scan.offset': '{offset} バイト目',
  'cli.scan.passed-over-link': 'リンクです。リンク先はたどりません。',
  'cli.scan.passed-over-special': 'ファイルでもフォルダでもありません（パイプ、ソケット、デバイスなど）。',
  'models.not-a-file': '{path} はファイルでもフォルダでもありません。',
  'models.not-a-file.advice': 'ファイル、またはファイルの入ったフォルダを指定してください。',
  'models.fetch-target-not-a-file': '{path} はフォルダまたはデバイスで、ファイルではありません。何も取得していません。',
  'models.fetch-target-not-a-file.advice': '--out にはファイル名まで（例: そのフォルダ内の名前）を指定してください。',
  'models.fetch-target-differs':
    '{path} には別の内容のファイルがあります（SHA256 {actual}）。そのまま残し、何も取得していません。',
  'models.fetch-target-differs.advice': '--out で別の名前を指定するか、先に今あるファイルを移してください。',
  'models.fetch-target-exists':
    '{path} には別の内容のファイルがあり、そのまま残しました。新しいファイルは隣に {part} として残しています。',
  'models.fetch-target-exists.advice':
    '今あるファイルを移してから同じコマンドを実行すると、取得し直さずに完了します。不要なら {part} を削除してください。',
};
