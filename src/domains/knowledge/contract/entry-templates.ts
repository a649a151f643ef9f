/** What a good entry of each type tells (K-029, K-039): its sections, in order, as Markdown to begin with. */
import type { Language } from '#kernel/messages';

import type { EntryType } from './entry-shapes.ts';

export interface TemplateSection {
  readonly heading: string;
  /** What belongs there. */
  readonly hint: string;
}

export interface EntryTemplate {
  readonly body: string;
  readonly sections: readonly TemplateSection[];
}

type Templates = Readonly<Record<EntryType, EntryTemplate>>;

function template(sections: ReadonlyArray<readonly [heading: string, hint: string]>): EntryTemplate {
  return {
    body: sections.map(([heading, hint]) => `## ${heading}\n\n_${hint}_`).join('\n\n'),
    sections: sections.map(([heading, hint]) => ({ heading, hint })),
  };
}

const ja: Templates = {
  incident: template([
    ['症状', 'いつ、どのシステムで、何が起きたか。エラーはそのまま書く'],
    ['影響', '誰が、何を、どのくらいの間できなかったか'],
    ['対応', '復旧までに実際に行った手順'],
    ['原因', '分かっていること。不明なら、何を調べたか'],
    ['再発防止', '次に起きないために、または早く気付くために'],
  ]),
  problem: template([
    ['現象', '繰り返し起きていること。関係するインシデント'],
    ['根本原因', '分かった原因と、その根拠'],
    ['回避策', '恒久対策までの間にできること'],
    ['恒久対策', '原因をなくす変更'],
  ]),
  change: template([
    ['変更内容', '何を、なぜ変えるか'],
    ['影響とリスク', '止まるもの、失敗したときに起きること'],
    ['手順', '実施する順に。確認のしかたも'],
    ['切り戻し', '元に戻す手順と、戻すと判断する条件'],
    ['確認', '実施後に確かめること、確かめた結果'],
  ]),
  release: template([
    ['内容', '含まれる変更と、利用者から見た違い'],
    ['手順', '展開する順に'],
    ['影響', '対象者、停止時間'],
    ['切り戻し', '前の版に戻す手順'],
  ]),
  request: template([
    ['依頼内容', '誰が、何を必要とするか'],
    ['条件と承認', '前提、承認する人'],
    ['手順', '対応する人が行うこと'],
    ['完了の確認', '終わったと言える状態'],
  ]),
  other: template([
    ['概要', '何について、誰のために'],
    ['内容', '本文'],
    ['参照', '関連する資料や連絡先'],
  ]),
};

const en: Templates = {
  incident: template([
    ['Symptom', 'When, on which system, what happened; errors word for word'],
    ['Impact', 'Who could not do what, and for how long'],
    ['What was done', 'The steps that really brought it back'],
    ['Cause', 'What is known; if nothing is, what was looked at'],
    ['Prevention', 'So that it does not come back, or is noticed sooner'],
  ]),
  problem: template([
    ['What happens', 'What keeps coming back; the incidents it caused'],
    ['Root cause', 'The cause that was found, and how one knows'],
    ['Workaround', 'What helps until it is solved'],
    ['Solution', 'The change that removes the cause'],
  ]),
  change: template([
    ['What changes', 'What, and why'],
    ['Impact and risk', 'What stops, and what happens if it fails'],
    ['Steps', 'In order, with how to check each'],
    ['Rollback', 'How to go back, and when to decide so'],
    ['Verification', 'What to check afterwards, and what was found'],
  ]),
  release: template([
    ['Contents', 'Which changes, and what users will notice'],
    ['Steps', 'How it is rolled out, in order'],
    ['Impact', 'Who is concerned, for how long it is down'],
    ['Rollback', 'How to go back to the version before'],
  ]),
  request: template([
    ['Request', 'Who needs what'],
    ['Conditions and approval', 'What must be given, who approves'],
    ['Steps', 'What whoever handles it does'],
    ['Done when', 'How one sees that it is complete'],
  ]),
  other: template([
    ['Summary', 'What about, and for whom'],
    ['Details', 'The text itself'],
    ['References', 'Documents and contacts'],
  ]),
};

export const entryTemplates: Readonly<Record<Language, Templates>> = { ja, en };
