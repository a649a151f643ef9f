/** What a scanner is pointed at: pages, and every route that reads, taken from the API's own description. */
import { z } from 'zod';

import type { RunningServer } from '../../test/system/harness/running-server.ts';

const schema = z.looseObject({
  type: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
});
const parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  schema: schema.extend({ items: schema.optional() }).optional(),
});
type Parameter = z.output<typeof parameter>;
const openApi = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ parameters: z.array(parameter).optional() }))),
});

/**
 * No page links to the API with a form that a scanner understands, so each parameter gets an address of its own, with the
 * required ones and a value that is taken: beside a wrong one, the schema would refuse whatever is tried.
 */
export async function addressesOf(server: RunningServer): Promise<readonly string[]> {
  const { url } = server;
  const { paths } = openApi.parse(await (await server.send('GET', '/api/openapi.json')).json());
  const routes = Object.entries(paths).flatMap(([route, { get }]) =>
    get === undefined ? [] : [`${url}${route.replaceAll(/\{\w+\}/g, '1')}`].flatMap((at) => withQueries(at, get)),
  );
  return [`${url}/`, `${url}/login?next=/models/search`, `${url}/knowledge/search?q=tape`, ...routes];
}

function withQueries(address: string, { parameters = [] }: { readonly parameters?: readonly Parameter[] | undefined }) {
  const asked = parameters.filter((one) => one.in === 'query');
  const required = asked.filter((one) => one.required === true).map(pairOf);
  const single = asked.filter((one) => one.required !== true).map((one) => [...required, pairOf(one)]);
  return [required, ...single].map((pairs) => (pairs.length === 0 ? address : `${address}?${pairs.join('&')}`));
}

function pairOf({ name, schema: shape }: Parameter): string {
  const one = shape?.items ?? shape;
  return `${name}=${encodeURIComponent(String(valueFor(one)))}`;
}

function valueFor(shape: z.output<typeof schema> | undefined): unknown {
  if (shape?.enum !== undefined) return shape.enum[0];
  if (shape?.type === 'boolean') return true;
  if (shape?.type === 'integer' || shape?.type === 'number') return Math.max(1, shape.minimum ?? 1);
  if (shape?.format === 'date-time') return '2026-11-23T00:00:00Z';
  return shape?.format === 'date' ? '2026-11-23' : 'tape';
}

/** Those that answer anything but "who are you?". */
export async function answeringTo(addresses: readonly string[]): Promise<readonly string[]> {
  const answering: string[] = [];
  for (const address of addresses) {
    const response = await fetch(address);
    await response.body?.cancel();
    if (response.status !== 401) answering.push(address);
  }
  return answering;
}

/** How many requests ended with 500, as the server itself counted. */
export async function internalErrors(server: RunningServer, authorization: string): Promise<number> {
  const text = await (await server.send('GET', '/metrics', { headers: { authorization } })).text();
  const counts = [...text.matchAll(/^kura_http_requests_total\{[^}\n]*status="500"[^}\n]*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count = '0']) => sum + Number(count), 0);
}
