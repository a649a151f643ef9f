/** Recall@10 of Kura's text analysis beside FTS5's own tokenizers: same texts, same queries, same run. */
import { lexisWay, measureRecall, plainWay } from '../src/engines/lexis/testing/fts5-recall.ts';
import { labelledQueries, labelledTexts } from '../src/engines/lexis/testing/labelled-set.ts';

const measured = {
  'lexis (unicode61)': measureRecall(lexisWay()),
  'plain unicode61': measureRecall(plainWay('unicode61')),
  'plain trigram': measureRecall(plainWay('trigram')),
};
const kinds = [...new Set(labelledQueries.map((query) => query.kind))];

console.log(
  `${labelledTexts.length} texts, ${labelledQueries.length} queries, SQLite FTS5 in node ${process.version}\n`,
);
console.log(`| way | recall@10 | ${kinds.join(' | ')} |`);
console.log(`| --- | --- |${' --- |'.repeat(kinds.length)}`);
for (const [way, recall] of Object.entries(measured)) {
  const cells = kinds.map((kind) => (recall.byKind.get(kind) ?? 0).toFixed(2));
  console.log(`| ${way} | ${recall.overall.toFixed(3)} | ${cells.join(' | ')} |`);
}
for (const { query, found } of measured['lexis (unicode61)'].incomplete) {
  console.log(`\nnot all found by lexis: ${query} → ${found.join(', ') || 'nothing'}`);
}
