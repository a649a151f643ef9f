/** The protocol on standard input and output: one assistant, for as long as its program keeps the line open. */
import { once } from 'node:events';

import type { Assistant } from './assistant.ts';
import { createMcpServer } from './create-mcp-server.ts';
import { loadSdk } from './sdk.ts';

export interface StdioOptions {
  readonly assistant: Assistant;
  readonly version: string;
  readonly readOnly: boolean;
  readonly reportError: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** Until standard input ends or `signal` aborts. */
export async function serveOverStdio({ signal, reportError, ...options }: StdioOptions): Promise<void> {
  const [sdk, { serveStdio, StdioServerTransport }] = await Promise.all([
    loadSdk(),
    import('@modelcontextprotocol/server/stdio'),
  ]);
  const transport = new StdioServerTransport();
  const inputEnded = once(process.stdin, 'close');
  const handle = serveStdio(() => createMcpServer(sdk, options), {
    transport,
    maxSubscriptions: 0,
    onerror: reportError,
  });
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  await Promise.race([inputEnded, stopped]);
  await handle.close();
}
