export const en = {
  'secrets.master-key-invalid': 'The master key is not one: it must be 32 random bytes in base64.',
  'secrets.master-key-invalid.advice':
    'Make one with `openssl rand -base64 32`, or let Kura make its own. Nothing was changed.',
  'secrets.master-key-configured':
    'The master key comes from the configuration; Kura cannot replace it. Nothing was changed.',
  'secrets.master-key-configured.advice':
    'Hand the old key to `kura secrets recover`, then start Kura with the new KURA_MASTER_KEY: it takes over at the next start.',
  'secrets.cannot-open': 'A sealed secret does not open: it was changed, moved to another place, or sealed elsewhere.',
  'secrets.cannot-open.advice': 'Enter the secret again; nothing of it was read.',
  'secrets.key-missing': 'The key {id} that sealed this is not in this installation, or another master key wraps it.',
  'secrets.key-missing.advice': 'Bring back the master key from the recovery kit: `kura secrets recover`.',
  'secrets.key-expired':
    'The key {id}, which seals secrets here, is more than a year old. Nothing was sealed; everything sealed before still opens.',
  'secrets.key-expired.advice':
    'Make a new one: `kura secrets renew --data-key`. A running server does so by itself each day.',
} as const;
