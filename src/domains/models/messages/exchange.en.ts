/** Bundles of history: taken away, brought in, refused. */
export const exchangeEn = {
  'route.models.export-history': 'Take the history away as a bundle',
  'route.models.import-history': 'Bring a bundle of history in; all of it or nothing',
  'cli.models.history-export': 'write downloads, library and searches into one bundle',
  'cli.models.history-export.path': 'folder to write, or one file whose name ends in .jsonl',
  'cli.models.history-export.done':
    '{path}: {downloads, count(one: download; other: downloads)}, {files, count(one: file; other: files)} of the library, {searches, count(one: search; other: searches)}.',
  'cli.models.history-import': 'read a bundle of another Kura; all of it or nothing',
  'cli.models.history-import.path': 'folder or file that history-export wrote',
  'cli.models.history-import.table': '{table}: {added} of {rows} are new here; the others stay as they were.',
  'cli.models.history-import.downloads': 'Downloads',
  'cli.models.history-import.library_files': 'Files of the library',
  'cli.models.history-import.search_runs': 'Searches',
  'cli.models.history-import.missing':
    '{count, count(one: file; other: files)} of the bundle are not on this disk. Fetch them with: kura models get --missing',
  'cli.models.history-import.refused': 'The bundle is not as it should be ({count} faults). Nothing was imported.',
  'models.bundle-not-there': 'There is no bundle of history at {path}. Nothing was imported.',
  'models.bundle-not-there.advice': 'Name the folder or the file that kura models history-export wrote.',
  'models.bundle-unreadable': 'This is no bundle of history: its manifest cannot be read. Nothing was imported.',
  'models.bundle-unreadable.advice': 'Name the folder or the file that kura models history-export wrote.',
  'models.bundle-too-new': 'The bundle was written by a newer Kura (schema {version}). Nothing was imported.',
  'models.bundle-too-new.advice': 'Update this Kura first.',
  'models.bundle-changed':
    '{table}: lines are missing or were changed since the export ({detail, count(one: line; other: lines)}).',
  'models.bundle-no-row': '{table}, line {line}: cannot be read ({detail}).',
  'models.bundle-twice': '{table}, line {line}: is in the bundle twice ({detail}).',
  'models.bundle-strays': '{table}, line {line}: the path leads out of the library ({detail}).',
  'models.bundle-unlinked': '{table}, line {line}: does not agree with the file or the model it belongs to ({detail}).',
} as const;
