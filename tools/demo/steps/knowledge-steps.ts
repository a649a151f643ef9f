/** Notes are imported and found by a Japanese word of two characters. */
import { z } from 'zod';

import type { DemoContext } from './demo-context.ts';

const importedShape = z.object({ imported: z.number(), skipped: z.array(z.unknown()) });
const foundShape = z.object({ total: z.number(), ms: z.number(), hits: z.array(z.object({ title: z.string() })) });

export async function knowledgeSteps({ kura, stage, notes }: DemoContext): Promise<void> {
  await stage.step('knowledge: import notes', async () => {
    const { value } = await kura.document(importedShape, ['knowledge', 'import', notes]);
    stage.check('all notes were imported', value.imported === 6 && value.skipped.length === 0);
    stage.show({ what: 'notes', result: `${value.imported} imported`, evidence: 'kura knowledge import' });
  });
  await stage.step('knowledge: 障害 – what do we know?', async () => {
    const { value } = await kura.document(foundShape, ['knowledge', 'search', '障害']);
    stage.check(
      'a Japanese query is answered',
      value.hits.some((hit) => hit.title.includes('VPN 障害')),
    );
    stage.show({
      what: 'search 障害',
      result: `${value.total} found in ${value.ms} ms`,
      evidence: value.hits[0]?.title ?? '–',
    });
  });
}
