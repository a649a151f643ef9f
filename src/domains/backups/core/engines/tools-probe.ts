/** Health of the tools: what copies need is there, and new enough. */
import type { Database } from '#platform/db';
import type { Probe } from '#platform/health';

import type { ToolState } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { toolsInUse } from '../../store/tool-use-store.ts';
import type { ToolDesk } from './tool-desk.ts';

/** A tool that is missing is a fault only where a copy needs it. */
export function toolsProbe({ database }: { readonly database: Database }, tools: Pick<ToolDesk, 'versions'>): Probe {
  return {
    name: 'backup-tools',
    run: async (signal) => {
      const used = await toolsInUse(database.tables<BackupsTables>());
      const versions = await tools.versions(signal);
      const isWanting = versions.some(({ tool, state }) => state !== 'ok' && used.has(tool));
      return { state: isWanting ? 'degraded' : 'ok', detail: versions.map(told).join(', ') };
    },
  };
}

function told({ tool, version, state, oldestVersion }: ToolState): string {
  if (version === null) return `${tool} not installed`;
  return state === 'ok' ? `${tool} ${version}` : `${tool} ${version} (too old, ${oldestVersion} is needed)`;
}
