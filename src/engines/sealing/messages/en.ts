export const en = {
  'sealing.not-sealed': 'This is not a file that Kura sealed.',
  'sealing.not-sealed.advice': 'Nothing was written. Files of the age tool itself are opened with `age -d`.',
  'sealing.damaged':
    'The sealed file is damaged: it was changed, cut off or put together from others. Nothing of it was kept.',
  'sealing.damaged.advice': 'Fetch the file again from where it came, or from a backup.',
  'sealing.wrong-key': 'None of the given keys opens this file. Nothing was written.',
  'sealing.wrong-key.advice':
    'Check the passphrase or the identity file; a file of the level basic opens only where it was sealed.',
  'sealing.passphrase-missing': 'This level needs a passphrase.',
  'sealing.passphrase-missing.advice': 'Give it by --passphrase-file, --passphrase-fd, or type it at a terminal.',
  'sealing.identity-missing': 'The key that opens this file is not here.',
  'sealing.identity-missing.advice': 'Name the file with the secret key by --identity-file.',
  'sealing.recipients-missing': 'This level needs a recipient. Nothing was written.',
  'sealing.recipients-missing.advice':
    'Name one with --recipient age1…; `kura secrets identity` prints that of an installation.',
  'sealing.recipient-invalid': '{recipient} is no recipient of age.',
  'sealing.recipient-invalid.advice':
    'A recipient begins with age1; `age-keygen` and `kura secrets identity` print them. Nothing was written.',
  'sealing.identity-invalid': 'The file holds no secret key of age.',
  'sealing.identity-invalid.advice': 'Its lines begin with AGE-SECRET-KEY-1, as `age-keygen` writes them.',
  'sealing.signer-missing': 'This level is signed, and there is no key to sign with.',
  'sealing.signer-missing.advice': '`kura secrets identity` makes one. Nothing was written.',
  'sealing.other-signer': 'The file is signed by {signer}, not by whom you named. Nothing was written.',
  'sealing.other-signer.advice': 'Ask the sender for the fingerprint that `kura secrets identity` prints there.',
  'sealing.other-level': 'The file is of the level {level}, not {expected}. Nothing was written.',
  'sealing.other-level.advice': 'Leave out --level to open it as it is, if you expected that.',
  'sealing.target-exists': '{path} is already there; it was left as it is.',
  'sealing.target-exists.advice': 'Choose another name with --out.',
  'sealing.passphrase-weak': 'The passphrase is too weak: it needs {min} characters, five of them different.',
  'sealing.passphrase-weak.advice': 'Several unrelated words make a good one. Nothing was written.',
} as const;
