/** A process of its own that imports files and can be killed: `node import-driver.ts DATABASE-URL PATH`. */
import { testActor } from '#platform/unit-of-work/testing';

import { openKnowledge } from './open-knowledge.ts';

const [url = '', path = ''] = process.argv.slice(2);
await using open = await openKnowledge(url);
await open.knowledge.importFiles(testActor, [path], {
  signal: new AbortController().signal,
  onProgress: ({ imported }) => process.stdout.write(`${imported}\n`),
});
