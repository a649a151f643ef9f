/** `npm run docs`: writes the generated pages of docs/reference. */
import fs from 'node:fs/promises';
import path from 'node:path';

import { generateDocs } from './docs/generate-docs.ts';

const root = path.dirname(import.meta.dirname);
const pages = await generateDocs(root);
for (const [file, content] of pages) {
  await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await fs.writeFile(path.join(root, file), content);
}
console.log(`${pages.size} pages written.`);
