import fs from 'node:fs/promises';
import path from 'node:path';

import { camelCase, requireDomain, requireKebabCase } from './names.ts';
import type { Scaffold } from './scaffold.ts';

/** The next numbered migration of a domain, for both databases, and the domain's list with it at the end. */
export async function migration(
  root: string,
  domainName: string | undefined,
  title: string | undefined,
): Promise<Scaffold> {
  const domain = requireDomain(domainName);
  const what = requireKebabCase(title, 'What the migration does');
  const folder = `src/domains/${domain}/migrations`;
  const there = await fs.readdir(path.join(root, folder)).catch((): string[] => []);
  const earlier = there.filter((file) => /^\d{4}-.*(?<!\.test)\.ts$/.test(file)).toSorted();
  const number = String(Number(earlier.at(-1)?.slice(0, 4) ?? 0) + 1).padStart(4, '0');
  const list = `${folder}/${domain}-migrations.ts`;
  const file = `${number}-${what}.ts`;
  return {
    files: new Map([
      [`${folder}/${file}`, body(domain, number, what)],
      [list, listOf(domain, [...earlier, file])],
    ]),
    rewritten: [list],
    next: [
      `write the change in ${folder}/${file}; a released migration never changes`,
      `the door ${domain} exports ${camelCase(domain)}Migrations; the tests run it on SQLite and PostgreSQL`,
    ],
  };
}

function body(domain: string, number: string, what: string): string {
  const table = `${domain}_${what.replace(/^create-/, '').replaceAll('-', '_')}`;
  return `import { columnTypes, createTable, type Migration } from '#platform/db';

export const ${camelCase(what)}: Migration = {
  id: '${domain}-${number}-${what}',
  async up(db, dialect) {
    const types = columnTypes(dialect);
    await createTable(db, dialect, '${table}')
      .addColumn('id', types.text, (column) => column.primaryKey().notNull())
      .addColumn('name', types.text, (column) => column.notNull())
      .addColumn('created_at', types.instant, (column) => column.notNull())
      .execute();
  },
};
`;
}

function listOf(domain: string, files: readonly string[]): string {
  const names = files.map((file) => ({ file, name: camelCase(file.slice('0001-'.length, -'.ts'.length)) }));
  return `/** In order. Written by \`npm run new:migration\`. */
import type { Migration } from '#platform/db';

${names.map(({ file, name }) => `import { ${name} } from './${file}';`).join('\n')}

export const ${camelCase(domain)}Migrations: readonly Migration[] = [${names.map(({ name }) => name).join(', ')}];
`;
}
