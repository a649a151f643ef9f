import { rule32110Messages } from '#engines/rule32110';
import { vaultMessages } from '#engines/vault';
import { accessMessages } from '#platform/access';
import { createCommandRunner } from '#platform/cli/testing';
import { filesMessages } from '#platform/files';

import { backupsMessages } from '../index.ts';

export const { runCommand, translators } = createCommandRunner([
  accessMessages,
  filesMessages,
  vaultMessages,
  rule32110Messages,
  backupsMessages,
]);
