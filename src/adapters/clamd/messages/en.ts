export const en = {
  'clamd.unreachable': 'ClamAV could not be asked: nobody answers at {address} ({reason}). Nothing was scanned by it.',
  'clamd.unreachable.advice': 'Start clamd, or correct the setting scan.clamd; without it Kura does not ask ClamAV.',
  'clamd.silent': 'ClamAV at {address} gave no sign of life for {seconds} seconds and was not waited for any longer.',
  'clamd.silent.advice': 'Look into the log of clamd, then scan again.',
  'clamd.connection-lost': 'The connection to ClamAV at {address} broke off before it had said anything of the file.',
  'clamd.connection-lost.advice':
    'Look into the log of clamd; files longer than its StreamMaxLength can end like this, too.',
  'clamd.answer-not-understood': 'What answers at {address} does not speak the language of clamd: {answer}',
  'clamd.answer-not-understood.advice': 'Check that scan.clamd names the socket of clamd.',
  'clamd.stream-limit': 'The file is longer than what ClamAV accepts as a stream. It was not scanned by it.',
  'clamd.stream-limit.advice':
    'Raise StreamMaxLength in clamd.conf, with MaxFileSize and MaxScanSize at least as large; 2 GB is the most.',
  'clamd.scan-limit': 'ClamAV gave up the file at one of its own limits ({limit}). It was not scanned as a whole.',
  'clamd.scan-limit.advice': 'Raise the limit in clamd.conf if files like this are to be scanned.',
  'clamd.too-large': 'ClamAV scans no files of 2 GB or more. It was not asked about this one.',
  'clamd.refused': 'ClamAV could not scan the file: {answer}',
  'clamd.unreadable': 'The file could not be read to its end ({reason}), so ClamAV has not seen all of it.',
  'clamd.unreadable.advice': 'Check that the file is still there and the disk is sound, then scan again.',
} as const;
