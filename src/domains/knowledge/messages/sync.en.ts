/** Entries and a folder under git, kept the same. */
export const syncEn = {
  'knowledge.sync-nowhere': 'No folder under git is named. Nothing was changed.',
  'knowledge.sync-nowhere.advice': 'Name one: kura knowledge sync FOLDER, or the setting knowledge.syncFolder.',
  'knowledge.sync-outside': 'A link leads from the folder to somewhere else: {file}. Nothing was written there.',
  'knowledge.sync-outside.advice': 'Take the link out of the folder.',
  'route.knowledge.sync': 'Keeps entries and the folder under git of the settings the same',
  'cli.knowledge.sync':
    'Keeps entries and a folder of Markdown under git the same, in both directions; only what everybody may read',
  'cli.knowledge.sync.folder':
    'A folder under git on this machine; by default the one of the setting knowledge.syncFolder',
  'cli.knowledge.sync.prefer': 'Which side counts where both changed: kura or folder; by default neither is touched',
  'cli.knowledge.sync.write': 'written to the folder',
  'cli.knowledge.sync.erase': 'taken out of the folder',
  'cli.knowledge.sync.read': 'read from the folder',
  'cli.knowledge.sync.remove': 'removed here',
  'cli.knowledge.sync.clash': 'changed on both sides, left as it is',
  'cli.knowledge.sync.left': 'left as it is',
  'cli.knowledge.sync.same': '{changed} to tell of, {unchanged} unchanged; nothing new in {folder}',
  'cli.knowledge.sync.kept': '{changed} to tell of, {unchanged} unchanged; committed in {folder}',
  'cli.knowledge.sync.pushed': '{changed} to tell of, {unchanged} unchanged; committed in {folder} and pushed',
} as const;
