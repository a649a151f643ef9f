/** How to connect, as said on the command line: what is not said is as configured. */
import { z } from 'zod';

import type { NetworkOptions } from '#engines/transfer';
import { readAuthorities } from '#platform/outbound';

export const networkChoiceOptions = [
  { flags: '--proxy <url>' },
  { flags: '--cacert <file>' },
  { flags: '--ipv4' },
  { flags: '--ipv6' },
] as const;

export const networkChoiceShape = {
  proxy: z.union([z.url({ protocol: /^https?$/ }), z.literal('none')], 'must be http://host:port, or none').optional(),
  cacert: z.string().min(1).optional(),
  ipv4: z.boolean().default(false),
  ipv6: z.boolean().default(false),
};

/** @throws KuraError invalid `outbound.ca-unreadable` */
export function chosenNetwork(
  { proxy, cacert, ipv4, ipv6 }: z.output<z.ZodObject<typeof networkChoiceShape>>,
  configured: NetworkOptions,
): NetworkOptions {
  const named = proxy === 'none' ? undefined : { https: proxy, http: proxy };
  return {
    ...configured,
    ...(proxy === undefined ? {} : { proxy: named }),
    ...(cacert === undefined ? {} : { ca: readAuthorities(cacert) }),
    // Both together mean what neither means.
    ...(ipv4 === ipv6 ? {} : { family: ipv4 ? 4 : 6 }),
  };
}
