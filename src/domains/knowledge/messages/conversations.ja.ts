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
};
