import type { CollectQuery } from '#models/contract';

const defaults: Readonly<Record<string, unknown>> = { nsfw: 'sfw', source: 'site', strategy: 'direct' };

/** Every condition by its name; what is at its default says nothing. */
export function describeQuery(query: CollectQuery): string {
  return Object.entries(query)
    .filter(([name, value]) => value !== undefined && value !== defaults[name])
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ');
}
