import { camelCase, pascalCase, requireDomain, requireKebabCase } from './names.ts';
import type { Scaffold } from './scaffold.ts';

/**
 * The shape of a capability (blueprint §2): one name in contract/, core/, store/, http/ and cli/, here with a list that
 * works from the command line to the table. `npm run new:migration` adds the table.
 */
export function capability(domainName: string | undefined, capabilityName: string | undefined): Scaffold {
  const domain = requireDomain(domainName);
  const name = requireKebabCase(capabilityName, 'The name of the capability');
  const folder = `src/domains/${domain}`;
  const words = {
    domain,
    name,
    camel: camelCase(name),
    pascal: pascalCase(name),
    table: `${domain}_${name.replaceAll('-', '_')}`,
  };
  return {
    files: new Map([
      [`${folder}/contract/${name}.ts`, contract(words)],
      [`${folder}/core/${name}/list-${name}.ts`, useCase(words)],
      [`${folder}/core/${name}/list-${name}.test.ts`, useCaseTest(words)],
      [`${folder}/store/${name}/${name}-store.ts`, store(words)],
      [`${folder}/http/${name}/${name}-routes.ts`, routes(words)],
      [`${folder}/cli/${name}/list-${name}-command.ts`, command(words)],
    ]),
    next: [
      `npm run new:migration -- ${domain} create-${name}   (table ${words.table}: id, name, created_at)`,
      `export the route from ${folder}/contract/index.ts, routes and command from ${folder}/index.ts`,
      `messages in ${folder}/messages: "route.${domain}.list-${name}", "cli.${domain}.${name}", "cli.${domain}.${name}.limit"`,
      `a page in web/src/domains/${domain}/${name}`,
      'npm run check names what is still missing',
    ],
  };
}

interface Words {
  readonly domain: string;
  readonly name: string;
  readonly camel: string;
  readonly pascal: string;
  readonly table: string;
}

function contract({ domain, name, pascal }: Words): string {
  return `import { z } from 'zod';

import { defineRoute } from '#platform/contract';

export const list${pascal} = defineRoute({
  id: '${domain}.list-${name}',
  method: 'GET',
  path: '/api/v1/${domain}/${name}',
  access: '${domain}:read',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  output: z.object({
    items: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string() })).readonly(),
  }),
});
`;
}

function useCase({ pascal, camel }: Words): string {
  return `export interface ${pascal}Item {
  readonly id: string;
  readonly name: string;
  /** \`Instant\` of #kernel/brands. */
  readonly createdAt: string;
}

export interface ${pascal}Reader {
  /** At most \`limit\` items, by name. */
  list(limit: number): Promise<readonly ${pascal}Item[]>;
}

export interface List${pascal}Deps {
  readonly ${camel}: ${pascal}Reader;
}

export async function read${pascal}(
  deps: List${pascal}Deps,
  limit: number,
): Promise<{ items: readonly ${pascal}Item[] }> {
  return { items: await deps.${camel}.list(limit) };
}
`;
}

function useCaseTest({ name, pascal, camel }: Words): string {
  return `import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { read${pascal} } from './list-${name}.ts';

describe('read${pascal}', () => {
  it('asks for no more than the caller wants', async () => {
    const item = { id: '1', name: 'a', createdAt: '2026-01-01T00:00:00.000Z' };
    const ${camel} = { list: async (limit: number) => [item, item, item].slice(0, limit) };
    assert.deepEqual(await read${pascal}({ ${camel} }, 2), { items: [item, item] });
  });
});
`;
}

function store({ name, pascal, table }: Words): string {
  return `import type { Database } from '#platform/db';

import type { ${pascal}Reader } from '../../core/${name}/list-${name}.ts';

interface ${pascal}Tables {
  ${table}: { id: string; name: string; created_at: string };
}

export function create${pascal}Store(database: Database): ${pascal}Reader {
  return {
    list: (limit) =>
      database
        .tables<${pascal}Tables>()
        .selectFrom('${table}')
        .select(['id', 'name', 'created_at as createdAt'])
        .orderBy('name')
        .limit(limit)
        .execute(),
  };
}
`;
}

function routes({ name, pascal, camel }: Words): string {
  return `import { implement, type RouteHandler } from '#platform/http';

import { list${pascal} } from '../../contract/${name}.ts';
import { type List${pascal}Deps, read${pascal} } from '../../core/${name}/list-${name}.ts';

export function ${camel}Routes(deps: List${pascal}Deps): readonly RouteHandler[] {
  return [implement(list${pascal}, ({ query }) => read${pascal}(deps, query.limit))];
}
`;
}

function command({ domain, name, pascal, camel }: Words): string {
  return `import { z } from 'zod';

import { defineCommand, table } from '#platform/cli';

import { list${pascal} } from '../../contract/${name}.ts';

/** \`kura ${domain} ${name}\`: the same list as the API, here or on the server of --server. */
export const ${camel}Command = defineCommand<unknown>()({
  words: ['${domain}', '${name}'],
  options: [{ flags: '--limit <n>' }],
  remote: true,
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  run: async ({ limit }, { call, out }) => {
    const found = await call(list${pascal}, { query: { limit } });
    out.result(found, () => table(found.items.map(({ name, createdAt }) => [name, createdAt])));
    return undefined;
  },
});
`;
}
