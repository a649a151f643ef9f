import fs from 'node:fs/promises';
import path from 'node:path';

import { generateDocs } from '../docs/generate-docs.ts';
import type { Gate } from './gate.ts';

/** The reference pages that are committed are the ones the generators write now. */
export const docsGate: Gate = {
  name: 'docs',
  async check(root, signal) {
    const pages = await generateDocs(root, signal);
    const problems: string[] = [];
    for (const [file, content] of pages) {
      const committed = await fs.readFile(path.join(root, file), 'utf8').catch(() => undefined);
      if (committed === undefined) problems.push(`${file} is missing. Run \`npm run docs\`.`);
      else if (committed !== content) problems.push(`${file} is out of date. Run \`npm run docs\`.`);
    }
    return { looked: pages.size, unit: 'pages', problems };
  },
};
