/** Writing an entry and seeing to what readers say of it. */
export const writingEn = {
  'knowledge.preview': 'Preview',
  'knowledge.preview.empty': 'There is nothing to show yet.',
  'knowledge.kept': 'What you were writing here was not saved',
  'knowledge.kept.same': 'It was kept in this tab. Nothing of it is on the server.',
  'knowledge.kept.other':
    'It was kept in this tab, begun on version {version}; the entry is at version {now} by now. Taking it up and saving replaces what others changed since.',
  'knowledge.kept.take': 'Go on writing',
  'knowledge.kept.discard': 'Discard it',
  'knowledge.summary': 'In short',
  'knowledge.summary.author': 'As its author sums it up.',
  'knowledge.summary.sections': 'Sentences out of its sections, not written anew.',
  'knowledge.summary.beginning': 'How the text begins; it has no sections to take sentences from.',
  'knowledge.summary.technical': 'For who works on it',
  'knowledge.summary.named': 'Named in the text: {named}',
  'knowledge.task.own': 'Only mine',
  'knowledge.task.assignee': 'Seen to by',
  'knowledge.task.due': 'Due',
  'knowledge.task.late': 'overdue',
  'knowledge.task.assign': 'Assign',
  'knowledge.task.resolution': 'Cause, and what was done',
} as const;
