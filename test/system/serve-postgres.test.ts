import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { startCivitaiSimulator } from '#stand-ins/civitai';
import { freshPostgres } from '#stand-ins/databases';

import {
  databaseCheck,
  documentOf,
  downloadsDone,
  knowledgeImport,
  knowledgeSearch,
  lastLineOf,
  succeeded,
} from './harness/answers.ts';
import { filesBelow, sha256Of } from './harness/folder-tree.ts';
import { createHome } from './harness/kura-home.ts';
import { describe as tell } from './harness/kura-process.ts';
import { startServer } from './harness/running-server.ts';

const freshUrl = freshPostgres();

describe('a data directory whose database is PostgreSQL', () => {
  it('searches, gets, imports and serves, and has no SQLite file', async () => {
    await using simulator = await startCivitaiSimulator();
    await using home = await createHome({ KURA_CIVITAI_URL: simulator.url, KURA_DATABASE_URL: await freshUrl() });
    const { lora } = simulator.catalogue.known;

    const found = succeeded(await home.run(['models', 'search', 'lantern', '--json']));
    assert.match(found.stdout, new RegExp(`"modelId":${lora.modelId}\\b`));
    const got = succeeded(await home.run(['models', 'get', `@${lora.versionId}`, '--json']));
    const [item] = lastLineOf(got, downloadsDone).items;
    assert.equal(await sha256Of(item?.path ?? ''), (await simulator.hashesOf(lora.fileId)).SHA256);

    const file = home.beside('notes.jsonl');
    const note = { id: 'n1', title: '容量不足', type: 'incident', body: '空き容量を確認してから再実行する。' };
    await writeFile(file, JSON.stringify(note));
    const imported = documentOf(succeeded(await home.run(['knowledge', 'import', file, '--json'])), knowledgeImport);
    assert.equal(imported.imported, 1);

    await using server = await startServer(home);
    const { status, body } = await server.ask('GET', `/api/v1/knowledge/search?q=${encodeURIComponent('空き容量')}`);
    assert.equal(status, 200);
    assert.equal(knowledgeSearch.parse(body).total, 1);
    const library = await server.ask('GET', '/api/v1/models/library');
    assert.match(JSON.stringify(library.body), new RegExp(`"fileId":${lora.fileId}\\b`));
    const stopped = await server.stop();
    assert.equal(stopped.code, 0, tell(stopped));

    const checked = documentOf(succeeded(await home.run(['db', 'check', '--json'])), databaseCheck);
    assert.deepEqual(checked, { database: 'postgres', findings: [] });
    assert.deepEqual(
      (await filesBelow(home.path)).filter((path) => path.startsWith('kura.db')),
      [],
    );
  });
});
