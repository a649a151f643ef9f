/** Settings of downloads, and of how connections are made for them and for the API. */
import { z } from 'zod';

import { parseBandwidthWindows, steeringModes } from '#engines/transfer';
import { GIB } from '#kernel/units';

import { mirrorList } from './mirror-list.ts';
import { count, option } from './option.ts';

const bandwidthWindows = z
  .string()
  .refine((text) => isReadable(text), 'must name windows, such as 22:00-07:00 unlimited, mon-fri 08:00-18:00 500K')
  .default('');

export const downloadOptions = z.strictObject({
  connections: option(count(1, 16).default(16), {
    en: 'Connections per file at most; downloads.mode says how many of them are used.',
    ja: '1 ファイルあたりの接続数の上限。実際に使う数は downloads.mode で決まります。',
    runtime: true,
  }),
  mode: option(z.enum(steeringModes).default('adaptive'), {
    en: 'How connections are used: adaptive begins with one and adds while they bring more, speed opens all at once, efficiency uses few and leaves the CPU alone, minimal one.',
    ja: '接続の使い方。adaptive は 1 本から始めて速くなる間だけ増やし、speed は最初から上限まで、efficiency は少数で CPU を控えめに、minimal は 1 本だけ使います。',
    runtime: true,
  }),
  parallel: option(count(1, 16).default(2), {
    en: 'Files fetched at the same time.',
    ja: '同時に取得するファイル数。',
    runtime: true,
  }),
  bytesPerSecond: option(count(0, Number.MAX_SAFE_INTEGER).default(0), {
    en: 'Bandwidth limit of all downloads together in bytes per second; 0 is unlimited.',
    ja: '全ダウンロードの合計の帯域上限 (バイト/秒)。0 は無制限。',
    runtime: true,
  }),
  bandwidthWindows: option(bandwidthWindows, {
    en: 'Times of the day with a limit of their own, in the time zone of Kura; the first that fits counts, outside of them downloads.bytesPerSecond: 22:00-07:00 unlimited, mon-fri 08:00-18:00 500K.',
    ja: '時間帯ごとの帯域上限 (Kura のタイムゾーン)。最初に当てはまるものを使い、それ以外の時間は downloads.bytesPerSecond に従います: 22:00-07:00 unlimited, mon-fri 08:00-18:00 500K。',
    runtime: true,
  }),
  maxBytes: option(count(0, Number.MAX_SAFE_INTEGER).default(0), {
    en: 'Longest file that is fetched, in bytes; 0 is no limit.',
    ja: '取得するファイルの最大サイズ (バイト)。0 は無制限。',
    runtime: true,
  }),
  previewPixels: option(count(0, 4096).default(0), {
    en: 'Longest side of the preview pictures beside models, in pixels; larger ones are made smaller. 0 keeps them as the site sends them.',
    ja: 'モデルの隣に置くプレビュー画像の長辺の上限 (ピクセル)。これより大きい画像は縮小します。0 ならサイトから届いたまま置きます。',
    runtime: true,
  }),
  idleSeconds: option(count(1, 3600).default(30), {
    en: 'Seconds without a byte after which a connection is given up and resumed.',
    ja: '1 バイトも届かないまま接続を諦めて再開するまでの秒数。',
  }),
  reserveBytes: option(count(0, Number.MAX_SAFE_INTEGER).default(GIB), {
    en: 'Free disk space that a download never takes, in bytes.',
    ja: 'ダウンロードが決して使わない空き容量 (バイト)。',
  }),
  likeness: option(z.enum(['ask', 'allow']).default('ask'), {
    en: 'Models that are said to show real people: “ask” wants a yes for each, “allow” fetches them like others.',
    ja: '実在の人物を扱うとされるモデル。ask はモデルごとに同意を求め、allow は他と同じように取得します。',
  }),
  mirrors: option(mirrorList, {
    en: 'Other places that hold model files, asked in this order when CivitAI no longer has a file or cannot be reached: addresses with {sha256} (lower case) or {name}, joined by commas, such as http://nas.lan:8000/models/{sha256}. What they send counts only when it has the published SHA-256.',
    ja: 'モデルのファイルを持つ CivitAI 以外の場所。CivitAI からファイルが消えたときや CivitAI に接続できないときに、この順に問い合わせます。{sha256} (小文字) または {name} を含むアドレスをカンマ区切りで指定します。例: http://nas.lan:8000/models/{sha256}。公開されている SHA-256 と一致したものだけを使います。',
  }),
  mirrorFirst: option(z.boolean().default(false), {
    en: 'Ask downloads.mirrors before CivitAI, which saves the line where a mirror stands in the house.',
    ja: 'CivitAI より先に downloads.mirrors に問い合わせます。ミラーが家の中にある場合に回線を節約できます。',
    runtime: true,
  }),
});

export const networkOptions = z.strictObject({
  proxy: option(z.union([z.url({ protocol: /^https?$/ }), z.literal('none')]).optional(), {
    en: 'HTTP proxy for the CivitAI API and for downloads; default: the variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY (this machine itself is then always reached directly). none ignores them.',
    ja: 'CivitAI API とダウンロードに使う HTTP プロキシ。既定では環境変数 HTTPS_PROXY・HTTP_PROXY・NO_PROXY に従います（その場合、このマシン自身には常に直接接続します）。none はそれらを無視します。',
    secret: true,
  }),
  noProxy: option(z.string().optional(), {
    en: 'Hosts that are reached without network.proxy: example.org,.example.net,localhost:8080.',
    ja: 'network.proxy を使わずに接続するホスト: example.org,.example.net,localhost:8080。',
  }),
  caFile: option(z.string().min(1).optional(), {
    en: 'PEM file with certificates of authorities that are trusted besides the usual ones.',
    ja: '通常の認証局に加えて信頼する認証局の証明書 (PEM ファイル)。',
  }),
  addressFamily: option(z.enum(['any', 'ipv4', 'ipv6']).default('any'), {
    en: 'Internet protocol for outgoing connections; any takes whichever answers first.',
    ja: '外向きの接続に使うインターネットプロトコル。any は先に応答した方を使います。',
  }),
});

function isReadable(windows: string): boolean {
  try {
    parseBandwidthWindows(windows);
    return true;
  } catch {
    return false;
  }
}
