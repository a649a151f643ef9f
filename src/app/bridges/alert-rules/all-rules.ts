/**
 * What raises an alert and what clears it: the one table, a file per subject beside this one. A row is an event and what
 * follows from it; the texts of each type stand in src/platform/alerts/messages, how severe it is in
 * src/platform/alerts/contract/alert-types.ts. What is found by looking instead of hearing (probes of health) stands in
 * ../alerts-from-health.ts.
 */
import type { AlertRule } from './alert-rule.ts';
import { mediaRules } from './backup-media.ts';
import { proofRules, ticketRules } from './backup-proofs.ts';
import { runRules } from './backup-runs.ts';
import { storageRules } from './backup-storage.ts';
import { targetRules } from './backup-targets.ts';
import { ruleRules } from './backup-verdicts.ts';
import { fileRules } from './model-files.ts';
import { systemRules } from './system.ts';

export const alertRules: readonly AlertRule[] = [
  ...runRules,
  ...ruleRules,
  ...proofRules,
  ...ticketRules,
  ...mediaRules,
  ...storageRules,
  ...targetRules,
  ...fileRules,
  ...systemRules,
];
