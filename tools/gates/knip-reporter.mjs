/** One JSON document of what knip found and, unlike its own reporters, how many files it read to find it. */
export default function report({ issues, counters }) {
  const problems = Object.values(issues)
    .flatMap((byFile) => (typeof byFile === 'object' && byFile !== null ? Object.values(byFile) : []))
    .flatMap((bySymbol) => Object.values(bySymbol))
    .filter((issue) => typeof issue?.filePath === 'string')
    .map(({ type, filePath, symbol, line }) => ({ type, file: filePath, symbol, line }));
  process.stdout.write(`${JSON.stringify({ processed: counters.processed, problems })}\n`);
}
