import type { assistantEn } from './assistant.en.ts';

export const assistantJa: Record<keyof typeof assistantEn, string> = {
  'account.assistant': 'AI アシスタントをつなぐ',
  'account.assistant.lead':
    '上でキーを作り (スコープは read、下書きも作るなら knowledge:write を追加)、アシスタントの設定 (Model Context Protocol、MCP) に次の内容を書いてください。kura_… の部分はキーに置き換えます。',
  'account.assistant.may':
    'アシスタントにできるのは、あなたとキーに許された検索・閲覧・下書きだけで、削除はできません。読んだ内容はモデルの運用元に渡ります。キーを取り消せば使えなくなります。',
};
