/** OpenAPI 3.1 from the same contracts that validate (P-050). */
import { z } from 'zod';

import { problemSchema, type RouteContract, streamedFile } from '#platform/contract';
import type { Translator } from '#platform/i18n';

import { takesIdempotencyKey } from './answering.ts';
import { cookieNames } from './session-cookies.ts';

export function openApiDocument(routes: readonly RouteContract[], translator: Translator, version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  const readPaths = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path));
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const readable = route.method !== 'GET' && readPaths.has(route.path);
    const headers = [
      ...(takesIdempotencyKey(route) ? [header('Idempotency-Key', translator.text('http.idempotency-key'))] : []),
      ...(readable ? [header('If-Match', translator.text('http.if-match'))] : []),
    ];
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, translator, headers) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kura', version, description: translator.text('http.api-description') },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: cookieNames(true).session },
      },
    },
  };
}

function operation(route: RouteContract, translator: Translator, headers: readonly unknown[]): unknown {
  const problem = {
    description: [...route.errors, 'http.invalid-input'].join(', '),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    operationId: route.id,
    tags: [route.id.split('.')[0]],
    summary: translator.text(`route.${route.id}`),
    ...accessOf(route),
    ...(route.limit === 'none' ? {} : { 'x-kura-rate-limit': route.limit }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...headers],
    ...(route.body instanceof z.ZodUndefined
      ? {}
      : {
          requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
        }),
    responses: {
      [route.status]:
        route.status === 204 ? { description: 'No content' } : { description: 'OK', content: contentOf(route) },
      default: problem,
    },
  };
}

function contentOf({ output }: RouteContract): Record<string, unknown> {
  if (output === streamedFile) return { '*/*': { schema: { type: 'string', format: 'binary' } } };
  return { 'application/json': { schema: jsonSchema(output, 'output') } };
}

function accessOf({ access, also }: RouteContract): Record<string, unknown> {
  if (typeof access === 'object') return { security: [], 'x-kura-public': access.public };
  const further = also.length === 0 ? {} : { 'x-kura-further-permissions': also };
  return { security: [{ bearer: [] }, { session: [] }], 'x-kura-permission': access, ...further };
}

function parameters(schema: z.ZodObject, place: 'path' | 'query'): unknown[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(field, undefined).success,
    schema: jsonSchema(field, 'input'),
  }));
}

function header(name: string, description: string): unknown {
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
