/** Files taken into the library where they stand, order among them, and lists of it. */
export const libraryOrderEn = {
  'models.file-gone': '{path} is not there any more. Nothing was moved.',
  'models.file-gone.advice': 'Run kura models verify, then kura models repair.',
  'models.file-moved-on': 'The file was moved again since, to {path}. It stays there.',
  'models.file-moved-on.advice': 'Move it by hand, or run kura models organize.',
  'models.adopt-elsewhere':
    '{path} is neither in the library’s folder nor in one from which pages may take files. Nothing was read.',
  'models.adopt-elsewhere.advice':
    'Name the folder in the setting models.adoptFolders, or run kura models adopt on the machine itself.',
  'models.adopt-not-found': '{path} is not there.',
  'models.adopt-not-found.advice': 'Write the whole path as the server sees it.',
  'models.nothing-to-move-back': 'No file was moved that could be moved back.',
  'models.nothing-to-move-back.advice': 'The log of moves says what was moved and what was moved back.',
  'models.work-not-found': 'No such work on the library is on record: {id}.',
  'models.work-not-found.advice':
    'Work that ended long ago is forgotten. What it moved is in the log of moves, what it took in is in the library.',
  'route.models.adopt-files': 'Take model files into the library where they stand, as a job',
  'route.models.plan-library-moves': 'Which files a layout would move, without moving any',
  'route.models.organize-library': 'Move files to the folders of a layout, as a job',
  'route.models.undo-organizing': 'Move back what was moved last, as a job',
  'route.models.list-library-moves': 'The log of moves within the library',
  'route.models.read-library-work': 'What became of each file in such a job',
  'route.models.export-library': 'A list of the library with licences, as a file',
  'cli.models.adopt': 'take model files you have already into the library, where they stand',
  'cli.models.adopt.path': 'folders or files',
  'cli.models.adopt.offline': 'ask only the local catalogue which models they are',
  'cli.models.adopt.accept-risk': 'take files, too, that the policy asks about',
  'cli.models.adopt.dry-run': 'say what would be taken, and change nothing',
  'cli.models.adopt.progress': 'reading {path}: {hashed} of {total}',
  'cli.models.adopt.adopted': '✔ {path}\n  {model} ({type}{base}), {verdict}',
  'cli.models.adopt.unpublished': '✔ {path}\n  not published anywhere known; by its content: {type}{base}, {verdict}',
  'cli.models.adopt.already': '· {path} is in the library already',
  'cli.models.adopt.refused': '✖ {path}\n  kept out: {verdict}',
  'cli.models.adopt.done':
    '{adopted, count(one: file is; other: files are)} in the library now ({published} of them known to the site), {already} were, {refused} were kept out, {failed} could not be read.',
  'cli.models.adopt.would':
    '{adopted, count(one: file; other: files)} would come into the library ({published} of them known to the site), {already} are there, {refused} would be kept out, {failed} could not be read. Nothing was changed.',
  'cli.models.organize': 'move the files of the library to the folders of a layout, with what stands beside them',
  'cli.models.organize.layout': 'comfyui, a1111, forge or stability-matrix; otherwise the one that is set',
  'cli.models.organize.dry-run': 'say what would be moved, and change nothing',
  'cli.models.organize.undo': 'move back what was moved last',
  'cli.models.organize.moved': '{from}\n  → {to}',
  'cli.models.organize.done':
    '{moved, count(one: file; other: files)} moved, {failed} could not be; {settled} stood where they belong, {outside} stand outside of the library’s folder, {broken} are missing or damaged.',
  'cli.models.organize.would':
    '{moved, count(one: file; other: files)} would be moved; {settled} stand where they belong, {outside} stand outside of the library’s folder, {broken} are missing or damaged. Nothing was changed.',
  'cli.models.organize.undone': '{moved, count(one: file; other: files)} moved back, {failed} could not be.',
  'cli.models.export': 'write a list of the library, with licences',
  'cli.models.export.path': 'file to write',
  'cli.models.export.format':
    'json, jsonl, csv, markdown, yaml, xml, html or sqlite; otherwise by the ending of the file’s name',
  'cli.models.export.done': '{path} ({size})',
  'models.export.title': 'Library of models',
  'models.export.legend':
    '1: the creator permits it; 0: the creator does not; empty: the creator did not say, or the model is not known.',
  'models.export-format-unknown': 'Nothing says in which format to write {path}.',
  'models.export-format-unknown.advice':
    'End the name with .json, .jsonl, .csv, .md, .yaml, .xml, .html or .sqlite, or add --format.',
};
