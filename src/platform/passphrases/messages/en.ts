export const en = {
  'passphrases.wanted': 'Passphrase:',
  'passphrases.new': 'New passphrase (12 characters or more):',
  'passphrases.again': 'Once more:',
  'passphrases.unreadable': 'The passphrase cannot be read from {path}: {reason}',
  'passphrases.unreadable.advice': 'Check the path and the rights of the file. Nothing was written.',
  'passphrases.differ': 'The two passphrases differ. Nothing was written.',
  'passphrases.differ.advice': 'Try again, more slowly.',
};
