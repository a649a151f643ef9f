/** The product as data: nothing declared that is not there, nothing there that is not declared, translated and allowed. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { catalogues } from '#app/catalogues';
import { allCommands, commandsFor } from '#app/commands/all-commands';
import { type AppContext, openContext } from '#app/context';
import { jobKinds } from '#app/job-kinds';
import { migrations } from '#app/migrations';
import { type Command, createOutput } from '#platform/cli';
import { permissions } from '#platform/contract';
import { createTranslators } from '#platform/i18n';
import { forEachDatabase, schemaOutline } from '#stand-ins/databases';

import { allContracts, isRoute } from './all-contracts.ts';

const translators = createTranslators(catalogues);
const commands: readonly Command<AppContext>[] = await allCommands({});
const declared = (await allContracts()).map(([, value]) => value).filter(isRoute);

describe('the product', () => {
  let home: string;
  let context: AppContext;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'kura-product-'));
    const globals = { home, json: false, language: 'en', quiet: true, color: false, server: undefined } as const;
    const out = createOutput({
      json: true,
      quiet: true,
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      now: () => 0,
    });
    context = await openContext({ home, environment: {}, globals, command: 'test', out });
  });
  after(async () => {
    await context[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  it('has one handler for each contract, and no handler without one', () => {
    const handled = context.handlers().map((handler) => handler.route.id);
    assert.ok(declared.length > 30, `only ${declared.length} contracts found`);
    assert.deepEqual(handled.toSorted(), declared.map((route) => route.id).toSorted());
    assert.equal(new Set(handled).size, handled.length);
  });

  it('gives each method and path once', () => {
    const places = declared.map((route) => `${route.method} ${route.path.replaceAll(/:\w+/g, ':x')}`);
    assert.deepEqual(places, [...new Set(places)]);
  });

  it('says in both languages what each route does', () => {
    for (const route of declared) {
      for (const translator of Object.values(translators))
        assert.ok(translator.has(`route.${route.id}`), `route.${route.id}`);
    }
  });

  it('has a use for each permission, and names in words why a route is public', () => {
    const used = new Set(declared.flatMap((route) => [route.access, ...route.also]));
    for (const permission of permissions) assert.ok(used.has(permission), `${permission} allows nothing`);
    for (const route of declared) {
      if (typeof route.access === 'object')
        assert.ok(route.access.public.length > 20, `${route.id} is public without a reason`);
    }
  });

  it('describes each command, argument and option in both languages', () => {
    assert.ok(commands.length > 20, `only ${commands.length} commands found`);
    for (const command of commands) {
      const base = `cli.${command.words.join('.')}`;
      const groups = command.words.map((_, index) => `cli.${command.words.slice(0, index + 1).join('.')}`);
      const flags = command.options.map(
        ({ flags: spec, text }) => text ?? `${base}.${/--(?:no-)?([a-z0-9-]+)/.exec(spec)?.[1]}`,
      );
      const keys = [...groups, ...command.arguments.map((argument) => `${base}.${argument.name}`), ...flags];
      for (const key of keys) {
        for (const translator of Object.values(translators)) assert.ok(translator.has(key), key);
      }
    }
  });

  it('finds each command when only the groups of its first word are loaded', async () => {
    const firstWords = [...new Set(commands.map(({ words }) => words[0] ?? ''))];
    const found = await Promise.all(firstWords.map(async (word) => await commandsFor([word], {})));
    for (const [index, word] of firstWords.entries()) {
      assert.deepEqual(linesUnder(word, found[index] ?? []), linesUnder(word, commands));
      assert.ok((found[index]?.length ?? 0) < commands.length, `${word} loads every group`);
    }
  });

  it('finds every command where the first word is none of a command', async () => {
    for (const argv of [[], ['--help'], ['no-such-word'], ['--json', 'models']]) {
      assert.equal((await commandsFor(argv, {})).length, commands.length);
    }
  });

  it('has no two commands of the same words', () => {
    const words = commands.map((command) => command.words.join(' '));
    assert.deepEqual(words, [...new Set(words)]);
  });

  it('has one handler for each kind of job, and no handler without a kind', () => {
    assert.deepEqual(
      context.jobHandlers.map(({ kind }) => kind.name).toSorted(),
      jobKinds.map((kind) => kind.name).toSorted(),
    );
    assert.ok(jobKinds.length > 0);
  });

  it('says every text in both languages, with the same parameters', () => {
    for (const catalogue of catalogues) {
      assert.deepEqual(Object.keys(catalogue.ja).toSorted(), Object.keys(catalogue.en).toSorted());
    }
    const keys = catalogues.flatMap((catalogue) => Object.keys(catalogue.en));
    assert.deepEqual(keys, [...new Set(keys)], 'two catalogues use one key');
  });
});

describe('migrations', () => {
  const outlines = new Map<string, readonly string[]>();
  forEachDatabase((databases) => {
    it('run from empty and leave a database that checks out', async () => {
      await using database = await databases.open(migrations);
      assert.deepEqual(await database.check({ migrations }), []);
      outlines.set(database.dialect, await schemaOutline(database));
    });
  });

  it('end in the same schema on both databases, full-text indexes apart', () => {
    const [sqlite = [], postgres] = [outlines.get('sqlite'), outlines.get('postgres')];
    assert.ok(sqlite.length > 0);
    if (postgres !== undefined) assert.deepEqual(withoutTextIndex(sqlite), withoutTextIndex(postgres));
  });
});

function withoutTextIndex(outline: readonly string[]): readonly string[] {
  return outline.filter(
    (line) =>
      !/knowledge_(?:index|search|fts|terms)|catalogue_terms|catalogue_index(?:\.terms| index terms)\b/.test(line),
  );
}

function linesUnder(word: string, list: readonly Command<AppContext>[]): readonly string[] {
  const under = list.filter(({ words }) => words[0] === word);
  return under.map(({ words }) => words.join(' ')).sort();
}
