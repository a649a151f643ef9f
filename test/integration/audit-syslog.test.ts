/** The audit log on another machine (P-042): real receivers over UDP, TCP and TLS. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

import { createSyslogReceiver, type SyslogOptions } from '#adapters/syslog';
import { auditTestMigrations, openTestAudit, type TestAudit } from '#platform/audit/testing';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

const sender = { host: 'kura host', version: '1.0' };

interface Receiver extends AsyncDisposable {
  readonly port: number;
  readonly messages: string[];
  readonly sockets: Set<Socket>;
}

/** Reads messages by their counted octets (RFC 6587, RFC 5425). */
async function startStream(create: (onSocket: (socket: Socket) => void) => Server, port = 0): Promise<Receiver> {
  const messages: string[] = [];
  const sockets = new Set<Socket>();
  const server = create((socket) => {
    sockets.add(socket);
    let rest = Buffer.alloc(0);
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        rest = Buffer.concat([rest, chunk]);
        for (
          let match = /^(\d+) /.exec(rest.toString('latin1'));
          match !== null;
          match = /^(\d+) /.exec(rest.toString('latin1'))
        ) {
          const begin = match[0].length;
          const end = begin + Number(match[1]);
          if (rest.length < end) return;
          messages.push(rest.subarray(begin, end).toString('utf8'));
          rest = rest.subarray(end);
        }
      });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function startTls(port?: number): Promise<Receiver> {
  const identity = { cert: localhostCertificate, key: localhostKey };
  return startStream((onSocket) => createTlsServer(identity, onSocket), port);
}

async function startUdp(): Promise<Receiver> {
  const messages: string[] = [];
  const socket = createSocket('udp4').on('message', (message) => messages.push(message.toString('utf8')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  return { port, messages, sockets: new Set(), [Symbol.asyncDispose]: async () => void socket.close() };
}

async function note(bench: TestAudit, id: string): Promise<void> {
  const entry = {
    action: 'models.place-file',
    subject: { kind: 'file', id, name: '祭り|=\n<13>1 forged' },
    result: 'done',
  } as const;
  await bench.unitOfWork.write(testActor, (tx) => tx.audit({ ...entry, level: 'warning' }));
  await bench.sealing.seal();
}

async function untilCount(receiver: Receiver, count: number): Promise<void> {
  while (receiver.messages.length < count) await setImmediate();
}

function subjectsOf({ messages }: Receiver): readonly (string | undefined)[] {
  return messages.map((message) => /cn1=(\d+)/.exec(message)?.[1]);
}

function to(receiver: Receiver, options: Omit<SyslogOptions, 'host' | 'port'>) {
  return createSyslogReceiver({ host: 'localhost', port: receiver.port, ...options });
}

forEachDatabase((databases) => {
  it('gets every entry in its order, also those from before it was there, over TLS', async () => {
    await using bench = openTestAudit(await databases.open(auditTestMigrations));
    await note(bench, 'a');
    await using server = await startTls();
    await using receiver = to(server, { protocol: 'tls', ca: houseAuthority });
    {
      await using _forwarding = bench.audit.forward(receiver, sender);
      await untilCount(server, 1);
      await note(bench, 'b');
      await untilCount(server, 2);
    }
    await note(bench, 'c');
    await using _again = bench.audit.forward(receiver, sender);
    await untilCount(server, 3);
    assert.deepEqual(subjectsOf(server), ['1', '2', '3'], 'none twice, none left out');
    const [message = ''] = server.messages;
    assert.match(
      message,
      /^<108>1 \d{4}-\d\d-\d\dT[\d:.]+Z kurahost kura - models\.place-file - \u{feff}CEF:0\|Kura\|Kura\|1\.0\|/u,
    );
    assert.doesNotMatch(message, /[\r\n]/, 'one message stays one');
  });

  it('that goes away, or is not believed, gets what it missed when all is well', async () => {
    const errors: unknown[] = [];
    const options = { onError: (error: unknown) => errors.push(error) };
    await using bench = openTestAudit(await databases.open(auditTestMigrations), options);
    await note(bench, 'a');
    const server = await startTls();
    {
      await using unbelieving = to(server, { protocol: 'tls' });
      await using _forwarding = bench.audit.forward(unbelieving, sender);
      while (errors.length === 0) await setImmediate();
      assert.match(String(errors[0]), /audit\.receiver-unreachable/);
      assert.deepEqual(server.messages, [], 'nobody vouches for it');
    }
    await using receiver = to(server, { protocol: 'tls', ca: houseAuthority });
    await using _forwarding = bench.audit.forward(receiver, sender);
    await untilCount(server, 1);
    const { port } = server;
    await server[Symbol.asyncDispose]();
    await note(bench, 'b');
    await using back = await startTls(port);
    await note(bench, 'c');
    // What was on its way when the connection broke comes again, some of it perhaps twice.
    while (!['2', '3'].every((seq) => subjectsOf(back).includes(seq))) await setImmediate();
  });
});

for (const protocol of ['tcp', 'udp'] as const) {
  it(`messages arrive whole over ${protocol}`, async () => {
    await using server =
      protocol === 'udp' ? await startUdp() : await startStream((onSocket) => createServer(onSocket));
    await using receiver = createSyslogReceiver({ protocol, host: '127.0.0.1', port: server.port });
    const messages = ['<110>1 - - kura - - - \u{feff}祭り', 'x'.repeat(2000), 'y'];
    await receiver.send(messages, new AbortController().signal);
    await untilCount(server, 3);
    assert.deepEqual(server.messages, messages);
  });
}

it('messages go to no metadata service, whatever the configuration names', async () => {
  for (const protocol of ['tcp', 'tls', 'udp'] as const) {
    await using receiver = createSyslogReceiver({ protocol, host: '169.254.169.254', port: 514 });
    await assert.rejects(receiver.send(['x'], new AbortController().signal), { code: 'outbound.refused' }, protocol);
  }
});
