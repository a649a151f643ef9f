export const presenceEn = {
  'knowledge.presence': 'Who else has this entry open',
  'knowledge.presence.reading': '{name} reads this, too',
  'knowledge.presence.editing': '{name} is editing this',
  'knowledge.gone': 'This entry was removed meanwhile.',
  'knowledge.changed-meanwhile': '{name} has changed this entry meanwhile.',
  'knowledge.changed-meanwhile.advice':
    'Saving would be refused, so that nothing of theirs is lost. Copy what you wrote, go back, and edit the newest version.',
} as const;
