/** Files beside entries. */
export const attachmentsEn = {
  'knowledge.attachment-not-found': '“{title}” has no file {name}.',
  'knowledge.attachment-not-found.advice':
    'It may have been removed or renamed; the list of its files says what is there.',
  'knowledge.attachment-damaged':
    'The file {name} beside “{title}” is missing or no longer what was stored. It was not handed out.',
  'knowledge.attachment-damaged.advice':
    'Bring the folder knowledge/attachments back from a backup, or attach the file again.',
  'knowledge.attachment-name-taken':
    '“{title}” already has another file {name}. It is kept, the new one was not stored.',
  'knowledge.attachment-name-taken.advice':
    'Give the file another name, or say that it shall replace the one that is there.',
  'knowledge.attachment-too-large': '{name} is larger than {most} MiB. It was not stored.',
  'knowledge.attachment-too-large.advice':
    'Attach the part that matters, or name in the text where the whole file is kept.',
  'knowledge.attachment-empty': '{name} is empty. Nothing was stored.',
  'knowledge.attachment-empty.advice': 'Look whether the right file was chosen.',
  'knowledge.attachment-program': '{name} is a program. It was not stored.',
  'knowledge.attachment-program.advice':
    'Name in the text where the program comes from; scripts as text may be attached.',
  'knowledge.attachment-mislabelled': '{name} is called {named} but holds {mediaType}. It was not stored.',
  'knowledge.attachment-mislabelled.advice': 'Give the file the ending of what it is.',
  'knowledge.attachment-infected': 'The virus scanner found {signature} in {name}. It was not stored.',
  'knowledge.attachment-infected.advice': 'Look after the machine the file comes from.',
  'knowledge.attachment-not-scanned': 'The virus scanner did not answer. The file was not stored.',
  'knowledge.attachment-not-scanned.advice':
    'Look at the health page, and attach the file again when the scanner works.',
  'knowledge.too-many-attachments': '“{title}” already has {most} files. Nothing was stored.',
  'knowledge.too-many-attachments.advice': 'Remove some of them, or pack them into one archive.',
  'knowledge.skip-attachment': 'the file {name} beside it is not there, or its entry is not',
  'route.knowledge.list-attachments': 'Files beside an entry',
  'route.knowledge.add-attachment': 'Puts a file beside an entry',
  'route.knowledge.read-attachment': 'A file beside an entry, in base64',
  'route.knowledge.download-attachment': 'A file beside an entry, as bytes to be saved',
  'route.knowledge.remove-attachment': 'Takes a file beside an entry away for good',
  'cli.knowledge.attachments': 'Lists the files beside an entry',
  'cli.knowledge.attachments.id': 'Id of the entry',
  'cli.knowledge.attachments.none': 'No files.',
  'cli.knowledge.attach': 'Puts a file beside an entry; the entry shows a picture where its text names it',
  'cli.knowledge.attach.id': 'Id of the entry',
  'cli.knowledge.attach.file': 'The file',
  'cli.knowledge.attach.name': 'What it shall be called there',
  'cli.knowledge.attach.replace': 'Replaces another file of this name',
  'cli.knowledge.attach.done': 'Stored as {name}.',
  'cli.knowledge.save-attachment': 'Saves a file beside an entry on this machine',
  'cli.knowledge.save-attachment.id': 'Id of the entry',
  'cli.knowledge.save-attachment.name': 'Name of the file',
  'cli.knowledge.save-attachment.out': 'Where to; by default its name in the present folder',
  'cli.knowledge.save-attachment.done': 'Saved to {file}.',
  'cli.knowledge.detach': 'Takes a file beside an entry away for good',
  'cli.knowledge.detach.id': 'Id of the entry',
  'cli.knowledge.detach.name': 'Name of the file',
  'cli.knowledge.detach.done': '{name} is gone.',
} as const;
