export const en = {
  'config.invalid': 'The configuration has {count} mistake(s); nothing was started:\n  {list}',
  'config.invalid.advice': 'Correct kura.yaml or the environment. `kura config explain KEY` says what a setting means.',
  'config.value-invalid': '{key}: {reason}',
  'config.value-invalid.advice': '`kura config explain {key}` shows what is allowed.',
  'config.unknown-key': 'Unknown setting: {reason}',
  'config.not-changeable': '{key} cannot be changed while Kura runs.',
  'config.not-changeable.advice':
    'Write it into kura.yaml and restart, or see `kura config print` for what can change at run time.',
  'config.pinned': '{key} is fixed by {source}; a setting would have no effect. Nothing was changed.',
  'config.pinned.advice': 'Remove it there first.',
  'config.key-unknown': 'There is no setting {key}.{hint}',
  'config.key-unknown.advice': '`kura config print` lists all settings.',
} as const;
