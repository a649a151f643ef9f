/** Settings of the scan: how fast, how often, and what its verdicts lead to. */
import { z } from 'zod';

import { MIB } from '#kernel/units';

import { externalScannersOption } from './external-scanner-options.ts';
import { count, option } from './option.ts';

const actions = ['block', 'ask', 'pass'] as const;
const exceptions = z
  .string()
  .regex(
    /^(?: *[^=,\s]+ *= *(?:block|ask|pass) *(?:,(?=.)|$))*$/,
    'must name exceptions, such as torch-script=pass or clamav.Eicar-Test-Signature=ask',
  )
  .default('');

function actionOn(en: string, ja: string, usual: (typeof actions)[number]) {
  return option(z.enum(actions).default(usual), {
    en: `What happens to ${en}: block keeps the file in quarantine, ask lets it in with --accept-risk, pass lets it in.`,
    ja: `${ja}の扱い。block は隔離し、ask は --accept-risk があれば配置し、pass はそのまま配置します。`,
    runtime: true,
  });
}

export const scanOptions = z.strictObject({
  workers: option(count(1, 8).default(1), {
    en: 'Worker threads that scan files.',
    ja: 'ファイルを検査するワーカースレッド数。',
  }),
  libraryDays: option(count(0, 365).default(7), {
    en: 'Days between two scans of the whole library by a server; files that have not changed are not read again. 0 scans only when asked.',
    ja: 'サーバーがライブラリー全体をスキャンする間隔 (日)。変わっていないファイルは読み直しません。0 なら頼まれたときだけスキャンします。',
  }),
  bytesPerSecond: option(count(0, Number.MAX_SAFE_INTEGER).default(50 * MIB), {
    en: 'Bytes per second at which a scan of the library reads; 0 is as fast as it goes.',
    ja: 'ライブラリーのスキャンが 1 秒あたりに読み込むバイト数。0 は最速。',
    runtime: true,
  }),
  clamd: option(z.string().trim().min(1).optional(), {
    en: 'Where the ClamAV daemon clamd listens: path of its socket, or host:port. Files are shown to it before they are placed; without it they are not scanned for viruses.',
    ja: 'ClamAV のデーモン clamd の待ち受け先 (ソケットのパスまたは host:port)。ファイルを配置する前に検査させます。未設定ならウイルス検査は行いません。',
  }),
  external: externalScannersOption,
});

export const scanPolicyOptions = z.strictObject({
  dangerous: actionOn('files that would run code', 'コードを実行するファイル', 'block'),
  invalid: actionOn('files that break the rules of their format', '形式の規則に反するファイル', 'block'),
  suspicious: actionOn('files the scan could not clear', '安全と言い切れないファイル', 'ask'),
  unscanned: actionOn('files that could not be scanned', 'スキャンできなかったファイル', 'ask'),
  clean: actionOn('files without findings', '問題の見つからないファイル', 'pass'),
  rules: option(exceptions, {
    en: 'Exceptions by rule, joined by commas: torch-script=pass, pickle-import-unknown=block, clamav.Eicar-Test-Signature=ask.',
    ja: 'ルールごとの例外 (カンマ区切り)。例: torch-script=pass, pickle-import-unknown=block, clamav.Eicar-Test-Signature=ask',
    runtime: true,
  }),
  formats: option(exceptions, {
    en: 'Exceptions by format, joined by commas: pickle=block, onnx=pass. Never milder for what is dangerous.',
    ja: '形式ごとの例外 (カンマ区切り)。例: pickle=block, onnx=pass。危険と判定したファイルの扱いは緩みません。',
    runtime: true,
  }),
});
