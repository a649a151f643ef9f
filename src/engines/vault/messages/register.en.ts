export const registerEn = {
  'vault.snapshot-missing':
    'The snapshot {object} is missing: it was made and never forgotten, yet its file is gone. Contents that other snapshots share are not affected.',
  'vault.snapshot-missing.advice':
    'Find out who deleted it. "kura vault repair --from" brings it back from a copy of the repository; "kura vault forget" with its id accepts that it is gone.',
  'vault.register-damaged':
    'The register of snapshots ({object}) is damaged, so that nobody can tell whether snapshots were deleted. No snapshot is affected.',
  'vault.register-damaged.advice':
    'Compare "kura vault snapshots" with what there should be, then run "kura vault repair": it writes the register anew.',
  'vault.register-missing':
    'The register of snapshots, or a part of it, is missing, so that nobody can tell whether snapshots were deleted. No snapshot is affected.',
  'vault.register-missing.advice':
    'Compare "kura vault snapshots" with what there should be, then run "kura vault repair": it writes the register anew.',
  'vault.snapshot-unregistered':
    'The snapshot {snapshot} is complete but not in the register of snapshots yet: the run that made it, or one that was forgetting it, was interrupted at its very end.',
  'vault.snapshot-unregistered.advice': 'Nothing needs to be done; the next backup registers it.',
} as const;
