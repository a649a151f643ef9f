/**
 * Every setting is read by something (P-038). Asked of the compiler: in a copy of src the types of all settings are
 * emptied, so that each place that reads one becomes an error that names it.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

import { runCommand } from '../../tools/commands/run-command.ts';

const root = path.resolve(import.meta.dirname, '../..');
const optionsFile = 'src/platform/config/options.ts';

/** Where a section is handed on whole: the shape it is taken as. There, too, each of its settings must be read. */
const receivers: readonly { readonly section: string; readonly file: string; readonly shape: string }[] = [
  { section: 'access', file: 'src/platform/identity/identity-deps.ts', shape: 'IdentitySettings' },
  { section: 'ldap', file: 'src/adapters/ldap/ldap-settings.ts', shape: 'LdapSettings' },
  { section: 'log', file: 'src/platform/log/logger.ts', shape: 'LogOptions' },
  { section: 'scanPolicy', file: 'src/domains/models/core/scanning/scan-policy.ts', shape: 'PolicySettings' },
];

/** Read by a name that is known only at run time, which no compiler can tell: there the place itself is looked for. */
const byComputedName = {
  section: 'scanPolicy',
  keys: ['dangerous', 'invalid', 'suspicious', 'unscanned', 'clean'],
  file: 'src/domains/models/core/scanning/scan-policy.ts',
  place: 'policy.verdicts[verdict]',
};

const configType = 'export type Config = z.output<typeof configSchema>;';
const emptyConfigType = `type Shape = (typeof configSchema)['shape'];
export type Config = {
  readonly [S in keyof Shape as Shape[S] extends z.ZodObject ? S : never]: { readonly [K in S as \`section \${K}\`]: true };
};`;
const lockSection = '  lock: z.strictObject({\n';
const planted = `${lockSection}    planted: option(count(0, 1).default(0), { en: 'Read by nothing.', ja: '未使用。' }),\n`;

describe('a setting', () => {
  let copy = '';
  before(async () => {
    copy = await fs.mkdtemp(path.join(os.tmpdir(), 'kura-settings-'));
    await copySources(copy);
  });
  after(() => fs.rm(copy, { recursive: true, force: true }));

  it('is read by something; one that is not would be found', async () => {
    await edit(path.join(copy, optionsFile), [
      [configType, emptyConfigType],
      [lockSection, planted],
    ]);
    for (const { file, shape } of receivers) await emptyShape(path.join(copy, file), shape);
    const { stdout } = await runCommand('tsc', ['-p', '.', '--pretty', 'false', '--noErrorTruncation'], { cwd: copy });
    const read = new Set([...settingsRead(stdout), ...(await readByComputedName())]);
    const all = await keysOf(copy);
    assert.ok(read.size > 60 && all.length > 60, `${read.size} reads of ${all.length} settings were seen`);
    assert.deepEqual(
      all.filter((key) => !read.has(key)),
      ['lock.planted'],
    );
  });
});

async function copySources(to: string): Promise<void> {
  await fs.cp(path.join(root, 'src'), path.join(to, 'src'), {
    recursive: true,
    filter: (file) => !file.endsWith('.test.ts'),
  });
  await fs.copyFile(path.join(root, 'package.json'), path.join(to, 'package.json'));
  await fs.symlink(path.join(root, 'node_modules'), path.join(to, 'node_modules'));
  const config = { extends: path.join(root, 'tsconfig.json'), include: ['src'] };
  await fs.writeFile(path.join(to, 'tsconfig.json'), JSON.stringify(config));
}

async function edit(file: string, changes: readonly (readonly [from: string, to: string])[]): Promise<void> {
  let text = await fs.readFile(file, 'utf8');
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `${file} holds ${from.trim()}`);
    text = text.replace(from, () => to);
  }
  await fs.writeFile(file, text);
}

async function emptyShape(file: string, shape: string): Promise<void> {
  const declaration = new RegExp(`interface ${shape}\\b[^{]*\\{\\n[^]*?\\n\\}`).exec(
    await fs.readFile(file, 'utf8'),
  )?.[0];
  assert.ok(declaration !== undefined, `${file} declares ${shape}`);
  await edit(file, [[declaration, `interface ${shape} { readonly emptied: true }`]]);
}

function settingsRead(errors: string): ReadonlySet<string> {
  const ofSection = [...errors.matchAll(/Property '(\w+)' does not exist on type '\{[^\n]*?"section (\w+)"/g)];
  const ofTop = [...errors.matchAll(/Property '(\w+)' does not exist on type 'Config'/g)];
  const ofReceivers = receivers.flatMap(({ section, shape }) =>
    [...errors.matchAll(new RegExp(`Property '(\\w+)' does not exist on type '(?:Readonly<)?${shape}\\b`, 'g'))].map(
      ([, key]) => `${section}.${key}`,
    ),
  );
  return new Set([
    ...ofSection.map(([, key, section]) => `${section}.${key}`),
    ...ofTop.map(([, key]) => `${key}`),
    ...ofReceivers,
  ]);
}

async function readByComputedName(): Promise<readonly string[]> {
  const { section, keys, file, place } = byComputedName;
  const source = await fs.readFile(path.join(root, file), 'utf8');
  return source.includes(place) ? keys.map((key) => `${section}.${key}`) : [];
}

/** Read from the copy, which holds the planted one. */
async function keysOf(folder: string): Promise<readonly string[]> {
  const { options } = (await import(pathToFileURL(path.join(folder, optionsFile)).href)) as {
    readonly options: readonly { readonly key: string }[];
  };
  return options.map(({ key }) => key);
}
