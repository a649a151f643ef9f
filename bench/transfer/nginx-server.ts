/** An nginx of its own on loopback: plain and TLS, whole speed and limited per connection, with the hits counted. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { freePort } from '#stand-ins/free-port';

const run = promisify(execFile);

export interface NginxServer extends AsyncDisposable {
  /** Base addresses; files of the root stand below `/`, and below `/limited/` at 20 MB/s per connection. */
  readonly http: string;
  readonly https: string;
  /** PEM file of the authority that signed the TLS certificate. */
  readonly caFile: string;
  readonly pid: number;
  /** Requests since the last call, by path without its query. */
  hits(): Promise<ReadonlyMap<string, number>>;
}

/** @throws when nginx or openssl is not installed. */
export async function startNginx(folder: string, root: string): Promise<NginxServer> {
  const [plain, tls] = [await freePort(), await freePort()];
  await mkdir(join(folder, 'tmp'), { recursive: true });
  const caFile = await makeCertificate(folder);
  await writeFile(join(folder, 'nginx.conf'), configuration(folder, root, { plain, tls }));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'spawn');
  const ended = once(child, 'exit');
  await untilListening(plain);
  let seen = 0;
  return {
    http: `http://127.0.0.1:${plain}`,
    https: `https://localhost:${tls}`,
    caFile,
    pid: child.pid ?? 0,
    async hits() {
      const lines = (await readFile(join(folder, 'access.log'), 'utf8')).split('\n').filter((line) => line !== '');
      const counts = new Map<string, number>();
      for (const line of lines.slice(seen)) counts.set(line, (counts.get(line) ?? 0) + 1);
      seen = lines.length;
      return counts;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Ports {
  readonly plain: number;
  readonly tls: number;
}

function configuration(folder: string, root: string, { plain, tls }: Ports): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/tmp/${kind};`)
    .join(' ');
  const server = `
    root ${root};
    location /limited/ { alias ${root}/; limit_rate 20m; }
    location ~ ^/api/download/(.*)$ { return 302 $scheme://$http_host/$1?signed=1; }`;
  return `daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 512; }
http {
  ${temporary}
  log_format path '$uri_path'; map $request_uri $uri_path { ~^(?<path>[^?]*) $path; }
  access_log ${folder}/access.log path;
  sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type application/octet-stream;
  server { listen 127.0.0.1:${plain}; ${server}
  }
  server { listen 127.0.0.1:${tls} ssl; ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key; ${server}
  }
}
`;
}

async function makeCertificate(folder: string): Promise<string> {
  const file = join(folder, 'server.pem');
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const kind = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'.split(' ');
  await run('openssl', ['req', ...kind, '-addext', names, '-keyout', join(folder, 'server.key'), '-out', file]);
  return file;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(25);
  }
  throw new Error('nginx does not listen');
}
