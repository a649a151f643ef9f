import type { Catalogue } from '#kernel/messages';

import type { conversationsEn } from './conversations.en.ts';

export const conversationsJa: Catalogue<keyof typeof conversationsEn> = {
  'knowledge.conversation-not-found': 'あなたの会話 {id} はありません。',
  'knowledge.conversation-not-found.advice': '質問のないまま 90 日が過ぎた会話は削除されます。新しく始めてください。',
  'knowledge.conversation-full': 'この会話の質問は既に {most} 件です。この質問はしていません。',
  'knowledge.conversation-full.advice': '新しい会話を始めてください。この会話は残ります。',
  'knowledge.question-key-used': 'このキーでは以前「{question}」が質問されています。新しい質問はしていません。',
  'knowledge.question-key-used.advice': '質問ごとに別のキーを付けてください。同じキーは同じ質問を表します。',
  'knowledge.conversation-empty': 'この会話ではまだ何も質問していないため、引き継ぐ内容がありません。',
  'knowledge.conversation-empty.advice': '先に質問するか、インシデントを自分で書いてください。',
  'route.knowledge.start-conversation': '質問の会話を始める',
  'route.knowledge.list-conversations': '自分の会話の一覧',
  'route.knowledge.read-conversation': '会話と、今もナレッジにある答え',
  'route.knowledge.ask-in-conversation': '続けて質問する。前の質問を受けた質問は、前の質問と合わせて読む',
  'route.knowledge.remove-conversation': '会話を完全に削除する',
  'route.knowledge.hand-over-conversation': '会話をインシデントの下書きにする',
  'route.knowledge.read-answer-writer': '見つかった箇所から回答文を書くモデル (設定されている場合)',
  'route.knowledge.write-answer': '見つかった箇所から、設定されたモデルに回答文を書かせ、元の箇所と照合する',
  'knowledge.no-writer': '回答文を書くモデルは設定されていません。何も送っていません。',
  'knowledge.no-writer.advice':
    'モデルなしで質問してください。該当箇所をそのまま示します。管理者は knowledge.writerUrl でモデルを設定できます。',
  'knowledge.nothing-to-write-from': 'モデルに渡せる箇所が見つかりませんでした。何も送っていません。',
  'knowledge.nothing-to-write-from.advice':
    '別の言葉で質問するか、該当箇所を直接読んでください。全員が見られるわけではない箇所は送りません。',
  'knowledge.writer-limit': '本日のモデルへの問い合わせが上限の {most} 回に達しました。何も送っていません。',
  'knowledge.writer-limit.advice':
    '翌日 (UTC) に試すか、knowledge.writerCallsPerDay を増やしてもらってください。該当箇所はそのまま読めます。',
  'knowledge.writer-failed': '{host} のモデルから使える回答が得られませんでした ({reason})。何も保存していません。',
  'knowledge.writer-failed.advice':
    'しばらくして試してください。該当箇所はそのまま読めます。続く場合は knowledge.writerUrl・writerModel・writerKey を確認してください。',
  'cli.knowledge.ask.write': '設定されたモデルに数文で書かせ、該当箇所と照合する',
  'cli.knowledge.ask.written': 'モデル {model} が次の箇所から書いた文です。使う前に元の箇所を確認してください:',
  'cli.knowledge.ask.unheld': 'モデル {model} の文には、該当箇所で裏付けられるものがありませんでした。該当箇所:',
  'cli.knowledge.ask.dropped': '該当箇所で裏付けられない {count} 文を除きました。',
};
