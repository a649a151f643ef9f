import type { askingEn } from './asking.en.ts';

export const askingJa: Record<keyof typeof askingEn, string> = {
  'knowledge.ask.person': '人による対応が必要な内容です',
  'knowledge.ask.person.words': '質問に含まれる言葉: {words}',
  'knowledge.ask.person.contact': '連絡先: {contact}',
  'knowledge.ask.person.unknown':
    '連絡先はまだ設定されていません。Kura の管理者が設定できます (knowledge.escalationContact)。',
  'knowledge.conversations': '自分の会話',
  'knowledge.conversations.lead': '自分だけに見えます。開くと続きを質問できます。',
  'knowledge.conversation': '会話',
  'knowledge.conversation.lead':
    '続けて質問できます。前の質問を受けた質問は、前の質問と合わせて解釈します。答えはすべて記事の一節そのままです。',
  'knowledge.conversation.back': '← 質問する',
  'knowledge.conversation.unasked': 'まだ質問がありません',
  'knowledge.conversation.questions': '質問 {questions} 件',
  'knowledge.conversation.remove': '削除',
  'knowledge.conversation.remove.really': 'この会話を削除しますか?',
  'knowledge.conversation.remove.consequence':
    '質問と、答えがあった場所の記録は元に戻せません。記事は、引き継ぎで作った下書きも含めてそのまま残ります。',
  'knowledge.conversation.gone': 'この会話は削除されました。戻ると、新しく質問を始められます。',
  'knowledge.conversation.asking': '探しています: {question}',
  'knowledge.conversation.unanswered': '答えを受け取れませんでした: {question}',
  'knowledge.conversation.hand-over': 'インシデントとして引き継ぐ',
  'knowledge.conversation.hand-over.lead':
    '答えで解決しないときは、質問と見つかった内容をインシデントの下書きにまとめ、助けられる人に引き継げます。',
  'knowledge.conversation.handed-over': '下書きとして引き継ぎました:',
  'knowledge.turn.together': '「{question}」と合わせて解釈しました',
  'knowledge.turn.lost':
    '表示できなくなった引用: {passages} 件。その後、記事が書き換えられたか、削除されたか、あなたには見えなくなりました。今の内容は、もう一度質問すると分かります。',
  'knowledge.turn.gone': 'このとき答えになったものは、もうありません。今の内容は、もう一度質問すると分かります。',
  'knowledge.ask.write': '{model} に数文でまとめてもらう',
  'knowledge.ask.write.hint': '上の該当箇所を {host} に送ります。本日の残り {left} 回。',
  'knowledge.ask.written': 'モデル {model} が書いた文です (人が書いたものではありません)',
  'knowledge.ask.written.check': '各文は引用元と照合済みですが、使う前に元の箇所を確認してください。',
  'knowledge.ask.written.none': 'モデルの文には、該当箇所で裏付けられるものがありませんでした。',
  'knowledge.ask.written.dropped': '該当箇所で裏付けられない {count} 文を除きました。',
  'knowledge.ask.written.withheld': '全員が見られるわけではない {count} か所は送っていません。',
  'knowledge.ask.written.sources': '引用元',
};
