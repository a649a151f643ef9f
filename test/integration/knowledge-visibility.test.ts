/** Who sees which entry, by every way to one: the rule, lists and the index must agree, on both databases. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isKuraError } from '#kernel/errors';
import { knowledgeMessages, knowledgeRoutes, type Reader } from '#knowledge';
import { type EntryStatus, newEntrySchema, type Visibility } from '#knowledge/contract';
import { accessMessages, builtInRoles, type Caller } from '#platform/access';
import { createHttpServer, httpMessages } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { forEachDatabase } from '#stand-ins/databases';

import { type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

function caller(role: keyof typeof builtInRoles, name: string, department: string | null = null): Caller {
  const account = { role, fullName: null, language: null, department };
  return { kind: 'user', id: name, name, permissions: builtInRoles[role], account };
}

const admin = caller('admin', 'root');
const readers: Readonly<Record<string, Caller>> = {
  viewer: caller('viewer', 'vera'),
  auditor: caller('auditor', 'aki'),
  'viewer of the department': caller('viewer', 'dina', '情報 システム部'),
  editor: caller('editor', 'emi'),
  'editor of the department': caller('editor', 'ren', '情報 システム部'),
  'editor of another department': caller('editor', 'sora', '情報'),
  operator: caller('operator', 'ota'),
  owner: caller('viewer', 'oto'),
  reviewer: caller('viewer', 'rei'),
  author: caller('viewer', 'aya'),
  admin,
};

const states: readonly EntryStatus[] = ['draft', 'review', 'published', 'archived'];
const limits: readonly Visibility[] = ['public', 'department', 'confidential'];
/** A word of its own for each entry, so that hints about words are seen, too. */
const kinds = limits.flatMap((visibility, row) =>
  states.map((status, column) => ({ visibility, status, word: `zorf${'abcd'[column]}${'xyv'[row]}quelle` })),
);

/** What the rule says in words; written apart from the code on purpose. */
function expected(who: string, { visibility, status }: (typeof kinds)[number]): boolean {
  if (['admin', 'owner', 'reviewer', 'author'].includes(who)) return true;
  const writes = who.includes('editor') || who === 'operator';
  if ((status === 'draft' || status === 'review') && !writes) return false;
  if (visibility === 'department') return who.endsWith('of the department');
  return visibility === 'public';
}

forEachDatabase((databases) => {
  describe('visibility of entries', () => {
    let open: OpenKnowledge;
    const ids = new Map<string, string>();

    before(async () => {
      open = await openKnowledge(await databases.freshUrl());
      const author = { kind: 'user', id: 'aya', name: 'aya' } as const;
      for (const { visibility, status, word } of kinds) {
        const { id } = await open.knowledge.create(
          author,
          newEntrySchema.parse({
            title: `共通の手順 ${word}`,
            type: 'incident',
            body: `共通の手順を書く。合言葉は ${word} で、装置を再起動する。`,
            tags: ['共通', `tag-${word}`],
            visibility,
            status,
            owner: 'oto',
            reviewer: 'rei',
            ...(visibility === 'department' ? { department: '情報 システム部' } : {}),
          }),
        );
        ids.set(word, id);
      }
    });
    after(() => open[Symbol.asyncDispose]());

    for (const [who, reader] of Object.entries(readers)) {
      const visible = kinds.filter((kind) => expected(who, kind)).map(({ word }) => word);

      it(`is the same by every way for ${who}: ${visible.length} of ${kinds.length}`, async () => {
        for (const way of [readable, listed, browsed, searched, counted, tagged, suggested, related]) {
          assert.deepEqual((await way(open, reader)).toSorted(), visible.toSorted(), way.name);
        }
        await checkSpelling(open, reader);
      });
    }

    async function readable({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const seen: string[] = [];
      for (const [word, id] of ids) {
        try {
          await knowledge.read(reader, id);
          await knowledge.versions(reader, id);
          seen.push(word);
        } catch (error) {
          assert.ok(isKuraError(error) && error.code === 'knowledge.entry-not-found');
          await assert.rejects(knowledge.versions(reader, id), isMissing);
          await assert.rejects(knowledge.links(reader, id), isMissing);
          await assert.rejects(knowledge.related(reader, id, { limit: 3 }), isMissing);
        }
      }
      return seen;
    }

    async function listed({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const { items } = await knowledge.list(reader, { limit: 100 });
      return items.map(({ title }) => wordOf(title));
    }

    async function browsed({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const all = await knowledge.search(reader, { q: '', status: states, limit: 100, facets: true });
      assert.equal(all.total, all.hits.length);
      return all.hits.map(({ title }) => wordOf(title));
    }

    async function searched({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const found = await knowledge.search(reader, { q: '合言葉', status: states, limit: 100 });
      assert.equal(found.total, found.hits.length);
      const excluded = await knowledge.search(reader, { q: 'NOT zorfx OR 合言葉', status: states, limit: 100 });
      assert.equal(excluded.total, found.total);
      return found.hits.map(({ title }) => wordOf(title));
    }

    async function counted({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const { facets, total } = await knowledge.search(reader, { q: '手順', status: states, limit: 1, facets: true });
      for (const counts of [facets?.types, facets?.statuses, facets?.authors, facets?.years])
        assert.equal(
          (counts ?? []).reduce((sum, { count }) => sum + count, 0),
          total,
        );
      return (facets?.tags ?? []).flatMap(({ value }) => (value.startsWith('tag-') ? wordOf(value) : []));
    }

    async function tagged({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const { tags } = await knowledge.suggest(reader, { q: 'tag-', limit: 20 });
      return [...tags.map(({ value }) => wordOf(value)), ...archivedFor(reader)];
    }

    async function suggested({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const { titles } = await knowledge.suggest(reader, { q: '共通の手順', limit: 20 });
      return [...titles.map(({ title }) => wordOf(title)), ...archivedFor(reader)];
    }

    /** Words are suggested and mended only from what everybody sees. */
    async function checkSpelling({ knowledge }: OpenKnowledge, reader: Reader): Promise<void> {
      const { words } = await knowledge.suggest(reader, { q: 'zorf', limit: 20 });
      const everybodys = kinds.filter((kind) => expected('viewer', kind)).map(({ word }) => word);
      assert.deepEqual(words.toSorted(), everybodys.toSorted());
      let mended = 0;
      for (const { word } of kinds) {
        const { corrections } = await knowledge.search(reader, { q: `${word.slice(0, -1)}x`, limit: 1 });
        for (const { to } of corrections) assert.ok(everybodys.includes(to), to);
        mended += corrections.length;
      }
      assert.ok(mended > 0, 'no word was mended');
    }

    async function related({ knowledge }: OpenKnowledge, reader: Reader): Promise<readonly string[]> {
      const everybodys = 'zorfcxquelle';
      const found = await knowledge.related(reader, ids.get(everybodys) ?? '', { limit: 20 });
      return [everybodys, ...found.map(({ title }) => wordOf(title)), ...archivedFor(reader)];
    }

    function visibleTo(reader: Reader): readonly string[] {
      const [who = ''] = Object.entries(readers).find(([, one]) => one === reader) ?? [];
      return kinds.filter((kind) => expected(who, kind)).map(({ word }) => word);
    }

    /** Suggestions and related entries leave archived ones out for everybody. */
    function archivedFor(reader: Reader): readonly string[] {
      const archived = new Set(kinds.filter(({ status }) => status === 'archived').map(({ word }) => word));
      return visibleTo(reader).filter((word) => archived.has(word));
    }

    it('holds over HTTP, for changes as well: what is not seen is not there', async () => {
      const translators = createTranslators([httpMessages, accessMessages, knowledgeMessages]);
      const server = await createHttpServer({
        handlers: knowledgeRoutes(open.knowledge, translators),
        authenticate: async ({ bearer }) => readers[bearer ?? ''],
        translators,
        defaultLanguage: 'en',
        logger: silentLogger,
        metrics: createMetrics(),
        stopping: new AbortController().signal,
      });
      const secret = ids.get('zorfcvquelle') ?? '';
      const content = { title: '題', type: 'other', body: '本文', version: 1 };
      const asks = [
        ['GET', `/entries/${secret}`],
        ['GET', `/entries/${secret}/related`],
        ['GET', `/entries/${secret}/versions`],
        ['GET', `/entries/${secret}/changes?from=1&to=1`],
        ['PUT', `/entries/${secret}`, content],
        ['DELETE', `/entries/${secret}`],
        ['POST', `/entries/${secret}/moves`, { to: 'draft', version: 1 }],
        ['POST', `/entries/${secret}/confirmations`, { version: 1 }],
        ['POST', `/entries/${secret}/restorations`, { restored: 1, version: 1 }],
      ] as const;
      for (const [method, path, body] of asks) {
        const answer = await server.inject({
          method,
          url: `/api/v1/knowledge${path}`,
          headers: { authorization: 'Bearer editor' },
          ...(body === undefined ? {} : { payload: body }),
        });
        assert.deepEqual([answer.statusCode, answer.json().code], [404, 'knowledge.entry-not-found'], path);
      }
      await server.close();
    });
  });
});

function isMissing(refused: unknown): boolean {
  return isKuraError(refused) && refused.kind === 'not-found';
}

function wordOf(text: string): string {
  return /zorf\w+/.exec(text)?.[0] ?? text;
}
