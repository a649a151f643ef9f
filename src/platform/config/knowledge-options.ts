/** Settings of the knowledge base. */
import { z } from 'zod';

import { namesOf } from './comma-list.ts';
import { option } from './option.ts';

/** K-110, in both languages. */
const usualEscalationWords =
  '情報漏えい,情報漏洩,不正アクセス,不正ログイン,マルウェア感染,ウイルス感染,ランサムウェア,セキュリティ事故,全面停止,システムダウン,緊急,訴訟,個人情報の流出,個人情報の紛失,ハラスメント,security incident,data breach,data leak,leaked,unauthorised access,unauthorized access,ransomware,system down,urgent,lawsuit,personal data,harassment';

const notTargets = 'must be role:NAME, user:NAME, group:NAME, channel:NAME or mail:ADDRESS, joined by commas';

/** What of an address is wrong is said by the log of deliveries. */
function areTargets(text: string): boolean {
  return namesOf(text).every((one) => /^(?:role|user|group|channel|mail):\S/.test(one));
}

export const knowledgeOptions = z.strictObject({
  noteUnanswered: option(z.stringbool().or(z.boolean()).default(true), {
    en: 'Whether searches that find nothing are added up by their wording, for what is worth writing; never who searched.',
    ja: '何も見つからなかった検索を、書くべき内容の手がかりとして言葉ごとに数えるか。誰が検索したかは記録しません。',
    runtime: true,
  }),
  usageDays: option(z.coerce.number().int().min(0).max(3650).default(90), {
    en: 'For how many days searches and readings on pages are kept, for reports of what is used and what is missing; never who searched or read. 0 notes none.',
    ja: '画面での検索と閲覧の記録を、利用状況と不足の報告のために何日間残すか。誰が検索し、読んだかは記録しません。0 なら記録しません。',
    runtime: true,
  }),
  fourEyes: option(z.stringbool().or(z.boolean()).default(false), {
    en: 'Whether what is published must be put forward by one person and published by another. A published entry that is changed goes through it again.',
    ja: '公開には提出した人とは別の人の確認を必要とするか。公開済みのナレッジを変更したときも、あらためて確認が必要です。',
    runtime: true,
  }),
  reviewDays: option(z.coerce.number().int().min(0).max(3650).default(365), {
    en: 'After how many days somebody is asked whether an entry still holds, counted from its publication or the last answer; 0 asks nobody.',
    ja: '公開または前回の確認から何日後に、内容が今も正しいかを確認してもらうか。0 なら確認を求めません。',
    runtime: true,
  }),
  attachmentMiB: option(z.coerce.number().int().min(1).max(25).default(20), {
    en: 'Largest file in MiB that may be attached to an entry.',
    ja: 'ナレッジに添付できるファイルの大きさの上限 (MiB)。',
    runtime: true,
  }),
  syncFolder: option(z.string().min(1).optional(), {
    en: 'Folder of Markdown under git that entries are kept the same with by `kura knowledge sync` and the API.',
    ja: '`kura knowledge sync` と API でナレッジと同期する、git で管理された Markdown のフォルダー。',
    runtime: true,
  }),
  escalationWords: option(z.string().max(4000).default(usualEscalationWords), {
    en: 'Words, joined by commas, by which a question is one for a person: its answer then says first whom to turn to. Empty asks for nobody.',
    ja: '人による対応が必要な質問と判断する言葉 (カンマ区切り)。含まれていると、回答の最初に連絡先を示します。空なら示しません。',
    runtime: true,
  }),
  escalationContact: option(z.string().trim().max(500).default(''), {
    en: 'Whom people turn to with such a question, as they shall read it: name, telephone, address. Empty: the answer says that nobody is set.',
    ja: 'そのような質問の連絡先 (名前・電話・メールアドレスなど、表示する文面)。空なら、連絡先が未設定であることを示します。',
    runtime: true,
  }),
  curationTo: option(z.string().trim().max(2000).refine(areTargets, notTargets).default('role:admin'), {
    en: 'Who is mailed the weekly report of what is to be done for the knowledge base: role:NAME, user:NAME, group:NAME, channel:NAME or mail:ADDRESS, joined by commas. Empty: nobody; the report is kept all the same.',
    ja: 'ナレッジの手入れの週次報告を誰に送るか。role:名前・user:名前・group:名前・channel:名前・mail:アドレスをカンマ区切りで。空なら送りません (報告は保存されます)。',
    runtime: true,
  }),
  writerUrl: option(z.url({ protocol: /^https?$/ }).optional(), {
    en: 'Address of a model that may write answers from passages that were found, by the interface of OpenAI up to before /chat/completions: http://127.0.0.1:11434/v1. Absent, which is usual: no model is asked, and nothing needs one. What it writes is marked, checked against the passages and never kept as knowledge; passages that not every reader may see, secrets and personal data are not sent.',
    ja: '検索で見つかった箇所から回答文を書くモデルのアドレス (OpenAI 互換 API の /chat/completions の手前まで。例: http://127.0.0.1:11434/v1)。既定では未設定で、モデルは使わず、なくてもすべての機能が動きます。書かれた文は明示し、元の箇所と照合し、ナレッジとしては保存しません。全員が見られるわけではない箇所、秘密情報、個人情報は送りません。',
  }),
  writerModel: option(z.string().trim().min(1).max(200).default('default'), {
    en: 'Name of the model at knowledge.writerUrl.',
    ja: 'knowledge.writerUrl で使うモデルの名前。',
  }),
  writerKey: option(z.string().min(1).optional(), {
    en: 'Key for knowledge.writerUrl, where it asks for one.',
    ja: 'knowledge.writerUrl が求める場合の API キー。',
    secret: true,
  }),
  writerSeconds: option(z.coerce.number().int().min(1).max(600).default(60), {
    en: 'For how many seconds an answer of the model is waited for.',
    ja: 'モデルの回答を何秒まで待つか。',
  }),
  writerCallsPerDay: option(z.coerce.number().int().min(0).max(100_000).default(200), {
    en: 'How often the model is asked on a day (UTC), by all together: a limit of what it costs.',
    ja: 'モデルに 1 日 (UTC) に何回まで問い合わせるか (全員の合計)。費用の上限になります。',
    runtime: true,
  }),
  removedDays: option(z.coerce.number().int().min(0).max(3650).default(30), {
    en: 'For how many days a removed entry can be brought back; the next removal after that takes it away for good. 0 keeps it for ever.',
    ja: '削除したナレッジを何日間元に戻せるか。その後、次に何かを削除したときに完全に消えます。0 なら消しません。',
    runtime: true,
  }),
});
