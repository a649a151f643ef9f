/**
 * Every setting of Kura, once, as data (P-002): the schema gives types and validation; the metadata gives the
 * environment variable, the documentation in both languages, and whether it may change while the server runs (P-003).
 */
import { z } from 'zod';

import { GIB, MIB } from '#kernel/units';
import { accessOptions } from './access-options.ts';
import { alertOptions } from './alert-options.ts';
import { auditOptions } from './audit-options.ts';
import { availabilityOptions } from './availability-options.ts';
import { backupsOptions } from './backups-options.ts';
import { downloadOptions, networkOptions } from './download-options.ts';
import { folderList } from './folder-list.ts';
import { isolationOptions } from './isolation-options.ts';
import { knowledgeOptions } from './knowledge-options.ts';
import { ldapOptions } from './ldap-options.ts';
import { limitOptions } from './limit-options.ts';
import { mailOptions } from './mail-options.ts';
import { masterOptions } from './master-options.ts';
import { notifyOptions } from './notify-options.ts';
import { oidcOptions } from './oidc-options.ts';
import { count, type OptionMeta, option, optionMeta } from './option.ts';
import { recoveryOptions } from './recovery-options.ts';
import { scanOptions, scanPolicyOptions } from './scan-options.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const qualityWeights = z
  .string()
  .regex(
    /^(?:(?:likes|downloads|engagement|comments|safe|style|general|quality)=\d{1,3}(?:\.\d{1,2})?(?:, *(?=\S)|$))+$/,
    'must name points, such as likes=40,downloads=30',
  )
  .refine((text) => text.split(',').reduce((sum, entry) => sum + Number(entry.split('=')[1]), 0) <= 105, {
    message: 'must be 105 points at most',
  })
  .default('likes=40,downloads=30,engagement=20,comments=10,safe=2,style=1,general=1,quality=1');

export const configSchema = z.strictObject({
  profile: option(z.enum(['development', 'staging', 'production']).default('production'), {
    en: 'Operating profile. production refuses weak secrets; development logs at debug level.',
    ja: '動作プロファイル。production は弱い秘密情報を拒否し、development は debug レベルで記録します。',
  }),
  language: option(z.enum(['auto', 'ja', 'en']).default('auto'), {
    en: 'Language for people; auto follows LC_ALL, LC_MESSAGES, LANG.',
    ja: '表示言語。auto は LC_ALL・LC_MESSAGES・LANG に従います。',
  }),
  timezone: option(z.string().refine(isTimeZone, 'not an IANA time zone').default('auto'), {
    en: 'IANA time zone in which days are counted; auto is Asia/Tokyo for Japanese, else the system zone.',
    ja: '日付を数える IANA タイムゾーン。auto は日本語なら Asia/Tokyo、それ以外はシステムの設定です。',
  }),
  database: z.strictObject({
    url: option(
      z
        .string()
        .regex(/^(sqlite:|postgres(ql)?:\/\/)/, 'must start with sqlite: or postgres://')
        .optional(),
      {
        en: 'Database; default is SQLite in kura.db inside the data directory. postgres://… for PostgreSQL 15 or newer.',
        ja: 'データベース。既定はデータディレクトリ内の kura.db (SQLite)。postgres://… で PostgreSQL 15 以降を使います。',
        secret: true,
      },
    ),
  }),
  host: option(z.string().min(1).default('127.0.0.1'), {
    en: 'Address the server listens on.',
    ja: 'サーバーが待ち受けるアドレス。',
  }),
  port: option(port.default(8888), {
    en: 'TCP port the server listens on; 0 picks a free one.',
    ja: '待ち受ける TCP ポート。0 は空きポートを選びます。',
  }),
  admin: z.strictObject({
    token: option(z.string().optional(), {
      en: 'Local admin token for the API; generated into run/admin-token when absent.',
      ja: 'API 用のローカル管理トークン。未設定なら run/admin-token に生成します。',
      secret: true,
    }),
  }),
  access: accessOptions,
  master: masterOptions,
  ldap: ldapOptions,
  oidc: oidcOptions,
  mail: mailOptions,
  civitai: z.strictObject({
    url: option(z.url({ protocol: /^https?$/ }).default('https://civitai.com'), {
      en: 'Base URL of the CivitAI API; any compatible server can stand in.',
      ja: 'CivitAI API の基底 URL。互換サーバーも使えます。',
    }),
    token: option(z.string().min(1).optional(), {
      en: 'CivitAI API key; sent to the API host only.',
      ja: 'CivitAI の API キー。API ホストにだけ送ります。',
      secret: true,
    }),
    features: option(z.enum(['official-only', 'extended', 'experimental']).default('extended'), {
      en: 'Which features of the CivitAI API may be used: documented ones only, also those in its source, or also unproven ones. What is not asked of the site Kura does itself where it can.',
      ja: 'CivitAI の API のどの機能を使うか: 公式に文書化されたもののみ、ソースにあるものまで、未確認のものまで。サイトに頼まない分は、できるかぎり Kura 側で行います。',
      runtime: true,
    }),
    paceMs: option(count(0, 600_000).default(2000), {
      en: 'Milliseconds between two requests to the CivitAI API (loopback servers are not slowed down).',
      ja: 'CivitAI API へのリクエスト間隔 (ミリ秒)。ループバックのサーバーには適用しません。',
      runtime: true,
    }),
    cacheSeconds: option(count(0, 86_400).default(900), {
      en: 'Seconds for which an answer of the CivitAI API is used again without asking; 0 always asks.',
      ja: 'CivitAI API の応答を問い合わせずに再利用する秒数。0 なら毎回問い合わせます。',
      runtime: true,
    }),
    patienceSeconds: option(count(1, 3600).default(600), {
      en: 'Seconds after which one question to the CivitAI API is not tried again, waits included.',
      ja: 'CivitAI API への 1 回の問い合わせを再試行し続ける最長の秒数 (待ち時間を含む)。',
    }),
  }),
  downloads: downloadOptions,
  network: networkOptions,
  models: z.strictObject({
    layout: option(z.enum(['comfyui', 'a1111', 'forge', 'stability-matrix']).default('comfyui'), {
      en: 'Folder layout in which models are placed.',
      ja: 'モデルを配置するフォルダー構成。',
    }),
    historyDays: option(count(1, 3650).default(90), {
      en: 'Days for which searches and their results are remembered.',
      ja: '検索とその結果の履歴を残す日数。',
      runtime: true,
    }),
    qualityWeights: option(qualityWeights, {
      en: 'Points that make up the quality of a model, 105 together at most; what is not named earns none. safe, style, general and quality are bonuses.',
      ja: 'モデルの品質スコアの配点（合計 105 点まで）。書かれていない項目は 0 点です。safe・style・general・quality は加点項目です。',
      runtime: true,
    }),
    qualityCounters: option(z.enum(['in-all', 'per-year']).default('in-all'), {
      en: 'Whether quality counts likes, downloads and comments in all, or per year of age, so that old models have no head start.',
      ja: '品質スコアでいいね・ダウンロード・コメントを累計で数えるか (in-all)、公開からの 1 年あたりで数えるか (per-year)。per-year では古いモデルが有利になりません。',
      runtime: true,
    }),
    verifyDays: option(count(0, 365).default(0), {
      en: 'Days between two checks of the whole library, by a server; 0 checks only when asked.',
      ja: 'サーバーがライブラリー全体を検証する間隔 (日)。0 なら頼まれたときだけ検証します。',
    }),
    verifyBytesPerSecond: option(count(0, Number.MAX_SAFE_INTEGER).default(100 * MIB), {
      en: 'Bytes per second at which a server reads the library to check it; 0 is as fast as it goes.',
      ja: 'サーバーがライブラリーを検証するときに 1 秒あたり読み込むバイト数。0 は最速。',
      runtime: true,
    }),
    adoptFolders: option(folderList, {
      en: 'Folders besides that of the library from which pages may take model files into the library: whole paths, joined by commas. None by default; the command line may take them from anywhere.',
      ja: 'ライブラリーのフォルダー以外で、画面からモデルファイルを登録してよいフォルダー。絶対パスのカンマ区切り。既定ではありません。コマンドラインからはどこからでも登録できます。',
      runtime: true,
    }),
    library: option(z.string().min(1).optional(), {
      en: 'Folder of the model library; default is library/ inside the data directory.',
      ja: 'モデルライブラリのフォルダー。既定はデータディレクトリ内の library/。',
    }),
  }),
  knowledge: knowledgeOptions,
  audit: auditOptions,
  alerts: alertOptions,
  availability: availabilityOptions,
  notify: notifyOptions,
  backups: backupsOptions,
  recovery: recoveryOptions,
  limits: limitOptions,
  redis: z.strictObject({
    url: option(z.url({ protocol: /^rediss?$/ }).optional(), {
      en: 'Redis through which several servers on one database count rate limits together and pass on live updates: redis://host:6379/0, rediss:// with TLS. Unset or unreachable, each server counts by itself, and its pages hear what happens on it.',
      ja: '1 つのデータベースを使う複数のサーバーが、レート制限を共有して数え、ライブ更新を伝え合うための Redis。例: redis://host:6379/0 (TLS は rediss://)。未設定または接続できないときは、サーバーごとに数え、画面にはそのサーバーで起きたことだけが届きます。',
      secret: true,
    }),
  }),
  scan: scanOptions,
  scanPolicy: scanPolicyOptions,
  isolation: isolationOptions,
  log: z.strictObject({
    level: option(z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'), {
      en: 'Least severe level that is logged.',
      ja: '記録する最低のログレベル。',
      runtime: true,
    }),
    terminal: option(z.enum(['auto', 'none', 'pretty', 'json']).default('auto'), {
      en: 'What the server writes to standard error: auto shows warnings on a terminal; json is for containers and journals.',
      ja: 'サーバーが標準エラーに出すログ。auto は端末なら警告だけを表示し、json はコンテナーやジャーナル向けです。',
    }),
    fileBytes: option(count(MIB, GIB).default(10 * MIB), {
      en: 'Size at which a log file is rotated.',
      ja: 'ログファイルを切り替えるサイズ。',
    }),
    files: option(count(1, 1000).default(14), {
      en: 'Log files kept, the current one included.',
      ja: '残すログファイルの数 (現在のものを含む)。',
    }),
  }),
  lock: z.strictObject({
    waitSeconds: option(count(0, 86_400).default(60), {
      en: 'Seconds to wait for another Kura process before giving up with an explanation.',
      ja: '別の Kura プロセスを待つ秒数。過ぎると理由を示して終了します。',
    }),
  }),
});

/** Environment variables that are part of Kura's surface without being settings. */
export const reservedVariables: readonly string[] = [
  'KURA_HOME',
  'KURA_API_KEY',
  'KURA_VAULT_PASSPHRASE',
  'KURA_FIXTURES',
];

export type Config = z.output<typeof configSchema>;

export interface OptionEntry {
  /** Dotted key as written in kura.yaml, e.g. `downloads.connections`. */
  readonly key: string;
  /** e.g. `KURA_DOWNLOADS_CONNECTIONS`. */
  readonly variable: string;
  readonly schema: z.ZodType;
  readonly meta: OptionMeta;
}

/** All settings in the order of the table. */
export const options: readonly OptionEntry[] = entriesOf(configSchema, '');

export function findOption(key: string): OptionEntry | undefined {
  return options.find((entry) => entry.key === key);
}

function entriesOf(object: z.ZodObject, prefix: string): OptionEntry[] {
  return Object.entries(object.shape).flatMap(([name, schema]) => {
    const key = `${prefix}${name}`;
    if (schema instanceof z.ZodObject) return entriesOf(schema, `${key}.`);
    const meta = optionMeta(schema);
    if (meta === undefined) throw new Error(`option ${key} has no description`);
    return [{ key, variable: variableOf(key), schema, meta }];
  });
}

function variableOf(key: string): string {
  return `KURA_${key
    .replaceAll('.', '_')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()}`;
}

function isTimeZone(zone: string): boolean {
  if (zone === 'auto') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
    return true;
  } catch {
    return false;
  }
}
