export const assistantEn = {
  'account.assistant': 'Connect an AI assistant',
  'account.assistant.lead':
    'Make a key above (scope read; knowledge:write for drafts), and put this into the settings of your assistant (Model Context Protocol, MCP), with the key in place of kura_….',
  'account.assistant.may':
    'The assistant may search, read and draft what you and the key may, and delete nothing. What it reads goes to whoever runs its model. Revoke the key, and it is out.',
} as const;
