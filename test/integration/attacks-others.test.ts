/**
 * What few people may see, asked for by everybody else on every route of the product (IDOR): by its id in the path, by
 * its id in a body, and by whatever lists, counts or finds things. Without a line for its body a new route fails here.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import type { RouteContract } from '#platform/contract';
import { type Answer, openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

/** Stands in everything hidden, and nowhere else. */
const secret = 'zorfgeheimnis';
/** Stands there as well; what is searched for, since answers may repeat the question. */
const clue = 'quittenbaum';
const text = {
  title: `${clue} ${secret}`,
  type: 'incident',
  body: `${clue} ${secret} 装置を再起動する。`,
  tags: [secret],
};
const hidden = { ...text, visibility: 'confidential', status: 'published' };
const api = '/api/v1/knowledge';
const thieves = ['viewer', 'editor', 'operator', 'auditor'] as const;

let site: WholeSite;
let routes: readonly RouteContract[];
let owner: string;
/** Ids of the hidden things, by the part of the path that stands before them. */
const things = new Map<string, string>();
const sessions = new Map<string, string>();

before(async () => {
  site = await openWholeSite();
  routes = site.context.handlers().map(({ route }) => route);
  await site.addUser('victim', 'editor');
  owner = await site.logIn('victim');
  const entry = await made('POST', '/entries', hidden);
  const other = await made('POST', '/entries', hidden);
  const removed = await made('POST', '/entries', hidden);
  await made('DELETE', `/entries/${removed}`);
  await made('POST', `/entries/${entry}/links`, { kind: 'related', target: other });
  const content = Buffer.from(secret).toString('base64');
  await made('POST', `/entries/${entry}/attachments`, { name: `${secret}.txt`, content });
  await made('PUT', `/entries/${entry}/feedback`, { kind: 'wrong', comment: secret });
  const conversation = await made('POST', '/conversations');
  await made('PUT', `/conversations/${conversation}/questions/question-1`, { question: `${clue} ${secret}` });
  const dialogue = await made('POST', '/dialogues', { lang: 'ja' });
  await made('PUT', `/dialogues/${dialogue}/answers/title`, { text: text.title });
  const faq = await made('POST', '/faq', { question: `${clue} ${secret}?`, category: 'x', entryId: entry });
  const tasks = await asked(owner, 'GET', '/tasks');
  things
    .set('entries', entry)
    .set('removed', removed)
    .set('conversations', conversation)
    .set('dialogues', dialogue)
    .set('faq', faq)
    .set('tasks', tasks.body.items[0].id)
    .set('links', other);
  for (const role of thieves) {
    await site.addUser(`thief-${role}`, role);
    sessions.set(role, await site.logIn(`thief-${role}`));
  }
});
after(() => site[Symbol.asyncDispose]());

async function made(method: string, path: string, body?: object): Promise<string> {
  const answer = await asked(owner, method, path, body);
  assert.ok(answer.status < 300, answer.text);
  return answer.body?.id;
}

function asked(session: string, method: string, path: string, body?: object): Promise<Answer> {
  return site.ask(method, path.startsWith('/api/') ? path : api + path, { session, ...(body && { body }) });
}

/** What a route wants to be sent, so that it is refused for what is asked for and not for how. */
const bodies: Readonly<Record<string, object>> = {
  'knowledge.add-attachment': { name: 'x.txt', content: 'eA==' },
  'knowledge.answer-dialogue': { text: 'x' },
  'knowledge.ask-in-conversation': { question: clue },
  'knowledge.assign-task': { assignee: null, dueOn: null },
  'knowledge.close-task': { outcome: 'done' },
  'knowledge.confirm-entry': { version: 1 },
  'knowledge.give-feedback': { kind: 'helpful' },
  'knowledge.hand-over-conversation': {},
  'knowledge.link-entries': { kind: 'related', target: 'x' },
  'knowledge.mark-finding': { state: 'dismissed' },
  'knowledge.merge-entries': { duplicate: 'x', version: 1 },
  'knowledge.move-entry': { to: 'draft', version: 1 },
  'knowledge.note-use': { action: 'view' },
  'knowledge.restore-version': { restored: 1, version: 1 },
  'knowledge.update-entry': { title: 'x', type: 'other', body: 'x', version: 1 },
  'knowledge.update-faq': { question: 'x', category: 'x', answer: 'x', version: 1 },
  'knowledge.vote-faq': { helpful: true },
};

const words: Readonly<Record<string, string>> = {
  name: `${secret}.txt`,
  kind: 'related',
  key: 'question-1',
  finding: 'section 原因',
};

/** The path of a hidden thing; undefined: the route is about none. */
function pathTo({ path }: RouteContract): string | undefined {
  const room = path.slice(api.length + 1).split('/')[0] ?? '';
  const id = things.get(room);
  if (!path.startsWith(`${api}/${room}/:id`) || id === undefined) return undefined;
  const target = things.get('links') ?? '';
  return path
    .replace(':id', id)
    .replace(':target', target)
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(words[name] ?? assert.fail(`${path}: ${name}`)));
}

describe('what only few may see', () => {
  for (const role of thieves) {
    it(`is not there for ${role} on any route about it by its id, to read or to change`, async () => {
      const session = sessions.get(role) ?? '';
      const before = await state();
      let refused = 0;
      for (const route of routes) {
        const path = pathTo(route);
        if (path === undefined) continue;
        const query = route.id === 'knowledge.compare-versions' ? '?from=1&to=1' : '';
        const answer = await asked(session, route.method, path + query, bodies[route.id]);
        const what = `${role} ${route.id}: ${answer.status} ${answer.text}`;
        assert.ok(answer.status === 404 || answer.code === 'access.permission-missing', what);
        assert.doesNotMatch(answer.text, new RegExp(`${secret}(?!\\.txt)`), what);
        refused += answer.status === 404 ? 1 : 0;
      }
      assert.ok(refused >= 15, `only ${refused} of them were found to be not there`);
      assert.deepEqual(await state(), before, 'nothing of it has changed');
    });

    it(`is in no list, search, count or file that ${role} is given`, async () => {
      const { answered, telling } = await walk(sessions.get(role) ?? '');
      assert.deepEqual(telling, []);
      assert.ok(answered >= 50, `only ${answered} answers`);
    });
  }

  it('is there for its owner by the same questions', async () => {
    const { telling } = await walk(owner);
    assert.ok(telling.length >= 8, telling.join(' '));
  });

  it('is reached by no id in a body: not as the end of a link, a duplicate, an answer or a problem', async () => {
    const session = sessions.get('editor') ?? '';
    const own = (await asked(session, 'POST', '/entries', { title: 'x', type: 'incident', body: 'x' })).body.id;
    const target = things.get('entries') ?? '';
    const asks: readonly (readonly [string, object])[] = [
      [`/entries/${own}/links`, { kind: 'related', target }],
      [`/entries/${own}/merges`, { duplicate: target, version: 1 }],
      ['/faq', { question: 'x', category: 'x', entryId: target }],
      ['/recurrences/problem', { incidents: [target, things.get('links')] }],
    ];
    for (const [path, body] of asks) {
      const answer = await asked(session, 'POST', path, body);
      assert.ok(answer.status === 404, `${path}: ${answer.text}`);
    }
    for (const path of ['/duplicates', '/advice']) {
      const answer = await asked(session, 'POST', path, { title: clue, body: `${clue} 装置を再起動する。` });
      assert.equal(answer.status, 200, answer.text);
      assert.doesNotMatch(answer.text, new RegExp(secret), path);
    }
  });
});

/** Every question that changes nothing, and the routes whose answers tell of something hidden. */
async function walk(session: string) {
  const telling: string[] = [];
  let answered = 0;
  for (const route of routes) {
    // The audit log is for auditors to read whole.
    if (route.method !== 'GET' || route.id.startsWith('audit.')) continue;
    const path = pathTo(route) ?? route.path.replaceAll(/:\w+/g, 'x');
    const query = 'q' in route.query.shape ? `?q=${clue}` : '';
    const answer = await asked(session, 'GET', path + query);
    if (new RegExp(`${secret}(?!\\.txt)`).test(answer.text)) telling.push(route.id);
    if (answer.status === 200) answered += 1;
  }
  return { answered, telling };
}

/** All of it, as its owner sees it. */
async function state(): Promise<readonly unknown[]> {
  const paths = [
    ...['', '/versions', '/links', '/attachments', '/feedback'].map(
      (part) => `/entries/${things.get('entries')}${part}`,
    ),
    `/conversations/${things.get('conversations')}`,
    `/dialogues/${things.get('dialogues')}`,
    `/faq/${things.get('faq')}`,
    '/tasks',
    '/removed',
  ];
  const seen: unknown[] = [];
  for (const path of paths) {
    const answer = await asked(owner, 'GET', path);
    assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    seen.push(answer.body);
  }
  return seen;
}
