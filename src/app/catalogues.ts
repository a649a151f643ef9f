/** Every text of the product, in both languages. */

import { clamdMessages } from '#adapters/clamd';
import { externalScannerMessages } from '#adapters/external-scanner';
import { gitMessages } from '#adapters/git';
import { ldapMessages } from '#adapters/ldap';
import { mcpMessages } from '#adapters/mcp';
import { oidcMessages } from '#adapters/oidc';
import { rcloneStorageMessages } from '#adapters/rclone-storage';
import { s3StorageMessages } from '#adapters/s3-storage';
import { sftpStorageMessages } from '#adapters/sftp-storage';
import { smtpMessages } from '#adapters/smtp';
import { webhooksMessages } from '#adapters/webhooks';
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
import { alertsMessages } from '#platform/alerts';
import { auditMessages } from '#platform/audit';
import { availabilityMessages } from '#platform/availability';
import { cliMessages } from '#platform/cli';
import { configMessages } from '#platform/config';
import { dbMessages } from '#platform/db';
import { eventsMessages } from '#platform/events';
import { filesMessages } from '#platform/files';
import { httpMessages } from '#platform/http';
import { idempotencyMessages } from '#platform/idempotency';
import { identityMessages } from '#platform/identity';
import { isolationMessages } from '#platform/isolation';
import { jobsMessages } from '#platform/jobs';
import { liveMessages } from '#platform/live';
import { notifyMessages } from '#platform/notify';
import { operationsMessages } from '#platform/operations';
import { outboundMessages } from '#platform/outbound';
import { pluginMessages } from '#platform/plugins';
import { processesMessages } from '#platform/processes';
import { protectionMessages } from '#platform/protection';
import { recoveryMessages } from '#platform/recovery';
import { scheduleMessages } from '#platform/schedule';
import { secretsMessages } from '#platform/secrets';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export const catalogues: readonly Catalogues[] = [
  { en: kernelEn, ja: kernelJa },
  accessMessages,
  alertsMessages,
  auditMessages,
  availabilityMessages,
  cliMessages,
  configMessages,
  dbMessages,
  eventsMessages,
  filesMessages,
  httpMessages,
  idempotencyMessages,
  identityMessages,
  isolationMessages,
  pluginMessages,
  jobsMessages,
  liveMessages,
  notifyMessages,
  operationsMessages,
  outboundMessages,
  processesMessages,
  protectionMessages,
  recoveryMessages,
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
  gitMessages,
  externalScannerMessages,
  ldapMessages,
  mcpMessages,
  oidcMessages,
  smtpMessages,
  webhooksMessages,
  s3StorageMessages,
  sftpStorageMessages,
  rcloneStorageMessages,
  backupsMessages,
  knowledgeMessages,
  { en, ja },
];
