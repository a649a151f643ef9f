import type { Dispatcher } from 'undici';

import type { EgressAgentOptions } from './egress-agent.ts';

/** `createEgressAgent`, with undici loaded when there is something to send: a third of what a short command would load. */
export async function openEgressAgent(options: EgressAgentOptions): Promise<Dispatcher> {
  const { createEgressAgent } = await import('./egress-agent.ts');
  return createEgressAgent(options);
}
