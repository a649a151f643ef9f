import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
  /** `name:password`; others are answered with 407. */
  readonly login?: string;
  /** Every CONNECT is answered with this status instead of a tunnel. */
  readonly refuseWith?: number;
}

export interface ConnectProxy extends AsyncDisposable {
  /** `http://127.0.0.1:port`, without the login. */
  readonly url: string;
  readonly port: number;
  /** `CONNECT host:port` and `GET http://…` as they came. */
  readonly seen: readonly string[];
}

/** Tunnels and forwards to wherever it is asked to; loopback only. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const seen: string[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((incoming, answer) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    if (isWelcome(incoming, options)) forward(incoming, answer);
    else answer.writeHead(407).end();
  });
  server.on('connection', (socket: Socket) => keep(sockets, socket));
  server.on('connect', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    seen.push(`CONNECT ${incoming.url}`);
    const status = isWelcome(incoming, options) ? options.refuseWith : 407;
    if (status === undefined) tunnel(incoming, client, head, sockets);
    else client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isWelcome({ headers }: IncomingMessage, { login }: ConnectProxyOptions): boolean {
  if (login === undefined) return true;
  return headers['proxy-authorization'] === `Basic ${Buffer.from(login).toString('base64')}`;
}

function tunnel(incoming: IncomingMessage, client: Duplex, head: Buffer, sockets: Set<Duplex>): void {
  const { hostname, port } = new URL(`http://${incoming.url}`);
  const far = connect(Number(port), hostname, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    far.write(head);
    far.pipe(client);
    client.pipe(far);
  });
  keep(sockets, far);
  far.on('error', () => client.destroy());
  client.on('error', () => far.destroy());
  client.on('close', () => far.destroy());
}

function forward(incoming: IncomingMessage, answer: ServerResponse): void {
  const onward = request(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (far) => {
    answer.writeHead(far.statusCode ?? 502, far.headers);
    far.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  incoming.pipe(onward);
}

function keep(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
}
