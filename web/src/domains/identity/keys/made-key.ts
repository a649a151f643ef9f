import type { RouteOutput } from '#platform/contract';
import type { createKey } from '#platform/identity/contract';

/** A key and its secret, this once. */
export type MadeKey = RouteOutput<typeof createKey>;
