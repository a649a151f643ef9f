/** A machine on which no tool is installed. */
import type { BackupsDeps } from '../index.ts';
import { type BackupEngine, type EngineName, engineMissing } from '../ports.ts';

export const noEngines: BackupsDeps['engines'] = {
  restic: missing('restic'),
  borg: missing('borg'),
  rclone: missing('rclone'),
};

function missing(name: EngineName): BackupEngine {
  function refuse(): Promise<never> {
    return Promise.reject(engineMissing(name));
  }
  return {
    name,
    oldestVersion: '0.0.0',
    version: async () => undefined,
    init: refuse,
    identify: refuse,
    backUp: refuse,
    replicate: refuse,
    snapshots: refuse,
    entries: refuse,
    verify: refuse,
    restore: refuse,
    forget: refuse,
    stats: refuse,
  };
}
