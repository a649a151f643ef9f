import { civitaiMessages } from '#engines/civitai';
import { modelscanMessages } from '#engines/modelscan';
import { picturesMessages } from '#engines/pictures';
import { transferMessages } from '#engines/transfer';
import { createCommandRunner } from '#platform/cli/testing';
import { outboundMessages } from '#platform/outbound';

import { modelsMessages } from '../index.ts';

export const { runCommand, translators } = createCommandRunner([
  civitaiMessages,
  modelscanMessages,
  picturesMessages,
  transferMessages,
  modelsMessages,
  outboundMessages,
]);
