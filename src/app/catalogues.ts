/** Every text of the product, in both languages. */

import { clamdMessages } from '#adapters/clamd';
import { externalScannerMessages } from '#adapters/external-scanner';
import { ldapMessages } from '#adapters/ldap';
import { backupsMessages } from '#backups';
import { civitaiMessages } from '#engines/civitai';
import { modelscanMessages } from '#engines/modelscan';
import { picturesMessages } from '#engines/pictures';
import { rule32110Messages } from '#engines/rule32110';
import { sealingMessages } from '#engines/sealing';
import { transferMessages } from '#engines/transfer';
import { vaultMessages } from '#engines/vault';
import type { Catalogues } from '#kernel/messages';
import { en as kernelEn } from '#kernel/messages/en';
import { ja as kernelJa } from '#kernel/messages/ja';
import { knowledgeMessages } from '#knowledge';
import { modelsMessages } from '#models';
import { accessMessages } from '#platform/access';
import { auditMessages } from '#platform/audit';
import { cliMessages } from '#platform/cli';
import { configMessages } from '#platform/config';
import { dbMessages } from '#platform/db';
import { eventsMessages } from '#platform/events';
import { filesMessages } from '#platform/files';
import { httpMessages } from '#platform/http';
import { identityMessages } from '#platform/identity';
import { isolationMessages } from '#platform/isolation';
import { jobsMessages } from '#platform/jobs';
import { operationsMessages } from '#platform/operations';
import { outboundMessages } from '#platform/outbound';
import { processesMessages } from '#platform/processes';
import { protectionMessages } from '#platform/protection';
import { scheduleMessages } from '#platform/schedule';
import { secretsMessages } from '#platform/secrets';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export const catalogues: readonly Catalogues[] = [
  { en: kernelEn, ja: kernelJa },
  accessMessages,
  auditMessages,
  cliMessages,
  configMessages,
  dbMessages,
  eventsMessages,
  filesMessages,
  httpMessages,
  identityMessages,
  isolationMessages,
  jobsMessages,
  operationsMessages,
  outboundMessages,
  processesMessages,
  protectionMessages,
  scheduleMessages,
  secretsMessages,
  civitaiMessages,
  modelscanMessages,
  rule32110Messages,
  picturesMessages,
  sealingMessages,
  transferMessages,
  vaultMessages,
  modelsMessages,
  clamdMessages,
  externalScannerMessages,
  ldapMessages,
  backupsMessages,
  knowledgeMessages,
  { en, ja },
];
