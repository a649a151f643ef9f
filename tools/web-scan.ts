/**
 * `node tools/web-scan.ts`: wapiti against a running server with data in it, as a stranger and as an administrator. Its reports go to
 * a folder outside the work tree (or the one named). Needs `wapiti` (apt-get install wapiti). Ends with 1 for any finding it
 * calls high or critical.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { z } from 'zod';

import { createHome } from '../test/system/harness/kura-home.ts';
import { type RunningServer, startServer } from '../test/system/harness/running-server.ts';
import { runCommand } from './commands/run-command.ts';

const modules =
  'backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,ssrf,xss,xxe';
/** wapiti calls 1 low, 2 medium, 3 high, 4 critical. */
const high = 3;
const report = z.object({
  infos: z.object({ version: z.string() }),
  vulnerabilities: z.record(z.string(), z.array(z.object({ level: z.number(), path: z.string(), info: z.string() }))),
});
const openApi = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional() })),
  ),
});

const folder = process.argv[2] ?? (await mkdtemp(path.join(tmpdir(), 'kura-web-scan-')));
// The scan asks more than people do; what is refused for its number would prove nothing.
const unlimited = { KURA_LIMITS_API_PER_MINUTE: '1000000', KURA_LIMITS_LOGIN_PER_MINUTE: '1000000' };
await using home = await createHome({
  KURA_CIVITAI_URL: 'http://127.0.0.1:1',
  KURA_CIVITAI_PATIENCE_SECONDS: '1',
  ...unlimited,
});
await using server = await startServer(home);
await server.ask('POST', '/api/v1/knowledge/entries', { title: 'Tape', type: 'incident', body: 'Clean the drive.' });
const token = (await readFile(path.join(home.path, 'run', 'admin-token'), 'utf8')).trim();
const addresses = await addressesOf(server);
let bad = 0;
for (const [name, header] of [
  ['stranger', undefined],
  ['administrator', `Authorization: Bearer ${token}`],
] as const) {
  bad += await scan(name, header);
}
console.log(`Reports: ${folder}`);
process.exitCode = bad === 0 ? 0 : 1;

/** Pages, and every route that reads, with all its parameters: no page links to them with a form that a scanner understands. */
async function addressesOf(running: RunningServer): Promise<readonly string[]> {
  const { url } = running;
  const { paths } = openApi.parse(await (await running.send('GET', '/api/openapi.json')).json());
  const routes = Object.entries(paths).flatMap(([route, { get }]) => {
    if (get === undefined) return [];
    const query = (get.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => `${name}=1`);
    return [`${url}${route.replaceAll(/\{\w+\}/g, '1')}${query.length === 0 ? '' : `?${query.join('&')}`}`];
  });
  return [`${url}/`, `${url}/login?next=/models/search`, `${url}/knowledge/search?q=tape`, ...routes];
}

async function scan(name: string, header: string | undefined): Promise<number> {
  const file = path.join(folder, `${name}.json`);
  const scope = [
    '--url',
    `${server.url}/`,
    '--scope',
    'folder',
    ...addresses.flatMap((address) => ['--start', address]),
  ];
  const session = ['--flush-session', '--store-session', folder, '--no-bugreport', '--level', '1', '--timeout', '10'];
  const output = ['--module', modules, '--format', 'json', '--output', file, '-v', '0'];
  const args = [...scope, ...session, ...output, ...(header === undefined ? [] : ['--header', header])];
  const { code, stderr } = await runCommand('wapiti', args, { cwd: folder });
  if (code !== 0) throw new Error(`wapiti ended with ${code}: ${stderr.slice(-2000)}`);
  const { infos, vulnerabilities } = report.parse(JSON.parse(await readFile(file, 'utf8')));
  console.log(`As ${name}, ${infos.version}, ${addresses.length} addresses:`);
  let count = 0;
  for (const [kind, found] of Object.entries(vulnerabilities)) {
    for (const { level, path: where, info } of found) {
      if (level >= high) count += 1;
      console.log(`  level ${level} ${kind}: ${where} – ${info}`);
    }
  }
  console.log(`  ${count} high or critical`);
  return count;
}
