/** Entries people want to hear of. */
export const watchesEn = {
  'knowledge.watch': 'Watch',
  'knowledge.unwatch': 'Watch no longer',
  'knowledge.watch.seen': 'I have seen it',
  'knowledge.watch.changed': 'Changed since you looked: version {from} → {to}',
  'knowledge.watch.same': 'As you know it',
  'knowledge.watch.linked': 'Linked entries changed since; does this one still hold?',
  'knowledge.watched': 'Watched entries',
  'knowledge.watched.lead': 'What changed in entries you watch, and in those linked with them, since you last looked.',
  'knowledge.watched.none': 'You watch no entry yet; each entry has a button for it.',
} as const;
