import type { AuditEntry } from '#platform/unit-of-work';

import type { AssistantWrite } from './assistant.ts';

/** The line beside that of the use case: which program wrote, and over which way it came. */
export function auditOf({ tool, client, subject, after }: AssistantWrite, way: 'http' | 'stdio'): AuditEntry {
  return {
    action: 'mcp.call-tool',
    category: 'data',
    subject,
    result: 'done',
    after: { tool, client, way, ...after },
  };
}
