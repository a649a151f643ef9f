/** The way to CivitAI: one outgoing client, one pace, one store of answers, one breaker for all that this process asks. */
import { createCivitaiSource, openCivitaiCalls } from '#adapters/civitai-source';
import type { LiveAnswer, OnWait } from '#engines/civitai';
import type { NetworkOptions } from '#engines/transfer';
import { SECOND } from '#kernel/units';
import type { ModelSource } from '#models/ports';
import { createOutboundClient, type EgressPolicy } from '#platform/outbound';

import type { Platform } from './open-platform.ts';

export interface CivitaiListeners {
  /** Hears of waits of more than a second. */
  readonly onWait?: OnWait | undefined;
  /** Hears of every answer that came from the site. */
  readonly onAnswer?: (answer: LiveAnswer) => void;
}

/** Where to and how this process connects. */
export interface OutboundWays {
  readonly egress: EgressPolicy;
  readonly network: NetworkOptions;
}

export async function openCivitai(
  platform: Platform,
  { egress, network }: OutboundWays,
  listeners: CivitaiListeners,
  stack: AsyncDisposableStack,
): Promise<ModelSource> {
  const { clock, random, logger, metrics, home, settings, breakers } = platform;
  const { civitai } = settings.loaded().config;
  function paceMs(): number {
    return settings.loaded().config.civitai.paceMs;
  }
  const calls = stack.use(
    await openCivitaiCalls({
      cacheFolder: home.cache,
      clock,
      logger,
      metrics,
      guard: breakers,
      paceMs,
      freshMs: () => settings.loaded().config.civitai.cacheSeconds * SECOND,
      patienceMs: civitai.patienceSeconds * SECOND,
      onWait: (wait) => listeners.onWait?.(wait),
      onAnswer: (answer) => listeners.onAnswer?.(answer),
    }),
  );
  return createCivitaiSource({
    url: civitai.url,
    token: civitai.token,
    paceMs,
    calls,
    outbound: stack.use(createOutboundClient(egress, network)),
    clock,
    random,
    logger,
  });
}
