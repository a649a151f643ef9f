/** `/__control/*`: faults and the request log for clients in other processes. No part of the imitated API. */
import type { IncomingMessage } from 'node:http';

import { z } from 'zod';

import { faultSchema } from '../faults/fault.ts';
import { readBody } from '../http-listener.ts';
import type { RequestLog } from '../request-log.ts';
import type { Answer, Site } from './exchange.ts';

const bodySchema = z.union([faultSchema.transform((fault) => [fault]), z.array(faultSchema)]);

export async function answerControl(
  site: Site,
  log: RequestLog,
  of: { readonly message: IncomingMessage; readonly path: string },
): Promise<Answer | undefined> {
  const { message, path } = of;
  switch (`${message.method} ${path}`) {
    case 'GET /__control/faults':
      return { status: 200, body: site.faults.list() };
    case 'POST /__control/faults':
      return addFaults(site, await readBody(message));
    case 'DELETE /__control/faults':
      site.faults.clear();
      return { status: 204 };
    case 'GET /__control/requests':
      return { status: 200, body: log.entries };
    case 'DELETE /__control/requests':
      log.clear();
      return { status: 204 };
    case 'GET /__control/known':
      return { status: 200, body: site.catalogue.known };
    default:
      return path.startsWith('/__control/') ? { status: 404, body: { error: 'no such control' } } : undefined;
  }
}

/** Adds one fault or a list of them to those set. */
function addFaults(site: Site, text: string): Answer {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { status: 400, body: { error: 'not JSON' } };
  }
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  site.faults.add(...parsed.data);
  return { status: 200, body: site.faults.list() };
}
