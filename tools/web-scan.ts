/**
 * `node tools/web-scan.ts`: wapiti, and nikto where it is installed, against a running server with data in it, wapiti as a stranger
 * and as an administrator. Needs `wapiti` (apt-get install wapiti). What the tools wrote goes to a folder outside the work tree
 * (or the one named), with `summary.md`, from which docs/security/web-scan.md is made. Ends with 1 for any finding that
 * wapiti calls high or critical, for any answer of 500, and where a part of the scan did not come to its end.
 */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createHome } from '../test/system/harness/kura-home.ts';
import { startServer } from '../test/system/harness/running-server.ts';
import { niktoFindings } from './web-scan/nikto.ts';
import { addressesOf, answeringTo, internalErrors } from './web-scan/scanned-addresses.ts';
import { scanTable } from './web-scan/summary.ts';
import { high, type ModuleResult, wapiti } from './web-scan/wapiti.ts';

const modules =
  'backup cookieflags crlf csp csrf exec file htaccess http_headers methods permanentxss redirect shellshock sql ssrf xss xxe blindsql';

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
const authorization = `Bearer ${token}`;
const addresses = await addressesOf(server);

const results: ModuleResult[] = [];
for (const who of ['stranger', 'administrator'] as const) {
  const header = who === 'stranger' ? undefined : authorization;
  // A stranger is told 401 by all others, whatever is put into them.
  const asked = header === undefined ? await answeringTo(addresses) : addresses;
  console.log(`As ${who}, ${asked.length} addresses:`);
  for (const name of modules.split(' ')) {
    const result = await wapiti({ who, name, folder, url: server.url, addresses: asked, header });
    console.log(
      `  ${name}: ${result.seconds} s${result.isWhole ? '' : ', cut off'}, ${result.findings.length} findings`,
    );
    for (const { level, kind, where, info } of result.findings) console.log(`    ${level} ${kind}: ${where} – ${info}`);
    results.push(result);
  }
}
const nikto = await niktoFindings(server.url, folder);
const failed = await internalErrors(server, authorization);
await writeFile(path.join(folder, 'summary.md'), scanTable({ results, nikto, failed }));
console.log(`${failed} answers of 500; reports: ${folder}`);

const grave = results.flatMap(({ findings }) => findings).filter(({ level }) => level >= high);
process.exitCode = grave.length === 0 && failed === 0 && results.every(({ isWhole }) => isWhole) ? 0 : 1;
