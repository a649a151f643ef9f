/** LDAP against a real slapd: the wire, searching, passwords, groups, servers that fail. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { createLdapDirectory, type LdapSettings } from '#adapters/ldap';
import { systemClock } from '#kernel/clock';
import type { Directory, Proof } from '#platform/identity';
import { unlessInstalled } from '#stand-ins/child-server';
import {
  branch,
  group,
  groupDn,
  type MadeAuthority,
  makeAuthority,
  makeCertificate,
  person,
  personDn,
  rootDn,
  rootPassword,
  type SlapdServer,
  slapdProgram,
  startSlapd,
  suffix,
} from '#stand-ins/slapd';

const never = new AbortController().signal;
const skip = unlessInstalled('slapd', slapdProgram());
const odd = 'a*)(uid=*';
async function admit(): Promise<boolean> {
  return true;
}

const people = [
  person('alice', { password: 'alice-secret', lines: ['mail: alice@example.org', 'displayName: Alice A.'] }),
  person('bob', { password: 'bob-secret' }),
  person(odd, { password: 'odd-secret' }),
  person('山田', { password: 'yamada-secret' }),
  person('expired', { password: 'e-secret', lines: ['shadowExpire: 1'] }),
  person('disabled', { password: 'd-secret', lines: ['pwdAccountLockedTime: 000001010000Z'] }),
  person('twice', { password: 't-secret' }),
  `dn: cn=second,ou=people,${suffix}\nobjectClass: inetOrgPerson\ncn: second\nsn: s\nuid: twice\nuserPassword: t-secret\n\n`,
];
const groups = [
  group('editors', [personDn('alice')]),
  group('staff', [groupDn('editors'), groupDn('round')]),
  // A circle: staff is in house, house is in round, round is in staff.
  group('house', [groupDn('staff')]),
  group('round', [groupDn('house'), personDn(odd)]),
  group('admins', [personDn('bob')]),
];
const ldif = [branch('people'), branch('groups'), ...people, ...groups].join('');

let folder = '';
let authority: MadeAuthority;
let server: SlapdServer;

function settings(changes: Partial<LdapSettings> = {}): LdapSettings {
  return {
    servers: [`ldaps://127.0.0.1:${server.tlsPort}`],
    ca: authority.ca,
    plainLoopback: false,
    bindDn: rootDn,
    bindPassword: rootPassword,
    baseDn: `ou=people,${suffix}`,
    groupBaseDn: `ou=groups,${suffix}`,
    userFilter: '(&(objectClass=person)(uid={user}))',
    bindAs: 'dn',
    timeoutMs: 20_000,
    ...changes,
  };
}

function directory(changes: Partial<LdapSettings> = {}): Directory {
  return createLdapDirectory({ settings: settings(changes), clock: systemClock });
}

async function outcome(username: string, password: string, changes: Partial<LdapSettings> = {}): Promise<string> {
  const proof: Proof = await directory(changes).authenticate({ username, password, admit }, never);
  return proof.kind === 'proven' ? proof.person.username : proof.reason;
}

async function certified(wishes?: Parameters<typeof makeCertificate>[1], from = authority) {
  return startSlapd({ ldif, certificate: await makeCertificate(from, wishes), caFile: authority.caFile });
}

describe('a real directory', { skip }, () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-ldap-test-'));
    authority = await makeAuthority(join(folder, 'authority'));
    server = await certified();
  });
  after(async () => {
    await server?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('lets in with the right password, over LDAPS and over StartTLS', async () => {
    for (const servers of [[`ldaps://127.0.0.1:${server.tlsPort}`], [`ldap://localhost:${server.port}`]]) {
      assert.equal(await outcome('alice', 'alice-secret', { servers }), 'alice');
      assert.equal(await outcome('alice', 'bob-secret', { servers }), 'wrong-password');
      assert.equal(await outcome('nobody', 'alice-secret', { servers }), 'unknown');
    }
  });

  it('tells who it is, with groups in groups, although they go round in a circle', async () => {
    const proof = await directory().authenticate({ username: 'alice', password: 'alice-secret', admit }, never);
    assert.ok(proof.kind === 'proven');
    const { id, fullName, email, groups: found } = proof.person;
    assert.match(id, /^entryUUID:[0-9a-f-]{36}$/);
    assert.deepEqual([fullName, email], ['Alice A.', 'alice@example.org']);
    const told = found.map(({ name, nested }) => `${name}${nested ? ' (nested)' : ''}`).sort();
    assert.deepEqual(told, ['editors', 'house (nested)', 'round (nested)', 'staff (nested)']);
    const again = await directory().lookUp([id, 'entryUUID:00000000-0000-0000-0000-000000000000'], never);
    assert.deepEqual([...again.keys()], [id]);
    assert.equal(again.get(id)?.groups.length, 4);
    const stricter = directory({ userFilter: '(&(uid={user})(!(mail=alice@example.org)))' });
    assert.equal((await stricter.lookUp([id], never)).size, 0, 'whom the filter no longer lets in is gone');
  });

  it('takes what was typed for a name and never for a filter', async () => {
    assert.equal(await outcome(odd, 'odd-secret'), odd);
    assert.equal(await outcome('山田', 'yamada-secret'), '山田');
    for (const typed of ['*', 'al*', 'alice)(uid=*', '*)(uid=*))(|(uid=*', 'alice\0', '\\61lice', '(alice)']) {
      assert.equal(await outcome(typed, 'alice-secret'), 'unknown', typed);
    }
  });

  it('is never asked with an empty password, with which it says yes to anybody', async () => {
    const unreachable = { servers: ['ldaps://127.0.0.1:1'] };
    assert.equal(await outcome('alice', '', unreachable), 'wrong-password');
    const withoutService = directory({ bindPassword: '' });
    await assert.rejects(withoutService.authenticate({ username: 'alice', password: 'x', admit }, never), {
      code: 'ldap.empty-password',
    });
  });

  it('refuses whom the directory has closed, although the password is right', async () => {
    assert.equal(await outcome('expired', 'e-secret'), 'expired');
    assert.equal(await outcome('disabled', 'd-secret'), 'disabled');
    assert.equal(await outcome('expired', 'd-secret'), 'wrong-password');
    const explained = await directory().explain('disabled', undefined, never);
    assert.equal(explained.person?.state, 'disabled');
  });

  it('lets nobody in on a guess between two', async () => {
    assert.equal(await outcome('twice', 't-secret'), 'ambiguous');
  });

  it('asks whether a person may try under their own name, and does not try otherwise', async () => {
    const asked: string[] = [];
    const login = {
      username: 'ALICE',
      password: 'alice-secret',
      admit: async (name: string) => asked.push(name) === 0,
    };
    assert.deepEqual(await directory().authenticate(login, never), { kind: 'refused', reason: 'locked' });
    assert.deepEqual(asked, ['alice']);
  });

  it('believes no certificate of another authority, of another name, or from another time', async () => {
    const stranger = await makeAuthority(join(folder, 'stranger'));
    const wrong = [
      { changes: { ca: stranger.ca }, code: 'ldap.certificate-unknown-authority' },
      { changes: { ca: undefined }, code: 'ldap.certificate-unknown-authority' },
    ];
    for (const scheme of ['ldaps', 'ldap']) {
      const servers = [`${scheme}://127.0.0.1:${scheme === 'ldap' ? server.port : server.tlsPort}`];
      for (const { changes, code } of wrong) {
        await assert.rejects(outcome('alice', 'alice-secret', { servers, ...changes }), { code });
      }
    }
    await using elsewhere = await certified({ names: 'DNS:dc7.example.org' });
    const other = { servers: [`ldaps://127.0.0.1:${elsewhere.tlsPort}`] };
    await assert.rejects(outcome('alice', 'alice-secret', other), { code: 'ldap.certificate-wrong-name' });
    await using old = await certified({ endsInDays: -1 });
    const over = { servers: [`ldap://127.0.0.1:${old.port}`] };
    await assert.rejects(outcome('alice', 'alice-secret', over), { code: 'ldap.certificate-expired' });
    const { steps } = await directory(over).explain('alice', undefined, never);
    assert.equal(steps[0]?.error?.code, 'ldap.certificate-expired');
    assert.equal(steps[0]?.facts[0]?.code, 'ldap.fact.tls', 'the certificate is shown');
  });

  it('without TLS is used on this machine only, where that is allowed', async () => {
    await using plain = await startSlapd({ ldif });
    const servers = [`ldap://127.0.0.1:${plain.port}`];
    await assert.rejects(outcome('alice', 'alice-secret', { servers }), { code: 'ldap.start-tls-refused' });
    assert.equal(await outcome('alice', 'alice-secret', { servers, plainLoopback: true }), 'alice');
    const named = { servers: [`ldap://localhost:${plain.port}`], plainLoopback: true };
    await assert.rejects(outcome('alice', 'alice-secret', named), { code: 'ldap.start-tls-refused' });
  });

  it('that is down is replaced by the next, and found again when it is back', async () => {
    const servers = ['ldaps://127.0.0.1:1', `ldaps://127.0.0.1:${server.tlsPort}`];
    const pair = directory({ servers });
    for (let round = 0; round < 3; round += 1) {
      const proof = await pair.authenticate({ username: 'alice', password: 'alice-secret', admit }, never);
      assert.equal(proof.kind, 'proven');
    }
    const state = await pair.check(never);
    assert.deepEqual(
      state.map(({ error }) => error?.code),
      ['ldap.unreachable', undefined],
    );
    assert.ok((state[1]?.certificateEndsAt ?? 0) > Date.now());
    const none = directory({ servers: ['ldaps://127.0.0.1:1', 'ldap://127.0.0.1:1'] });
    await assert.rejects(none.authenticate({ username: 'alice', password: 'x', admit }, never), {
      kind: 'unavailable',
      code: 'ldap.no-server',
    });
  });

  it('that stands still costs one time-out, not the login', async () => {
    await using still = await certified();
    still.pause();
    const servers = [`ldaps://127.0.0.1:${still.tlsPort}`, `ldaps://127.0.0.1:${server.tlsPort}`];
    const pair = directory({ servers, timeoutMs: 2000 });
    const proof = await pair.authenticate({ username: 'alice', password: 'alice-secret', admit }, never);
    assert.equal(proof.kind, 'proven');
    still.goOn();
  });

  it('that dies in the middle is replaced, too', async () => {
    const dying = await certified();
    const servers = [`ldaps://127.0.0.1:${dying.tlsPort}`, `ldaps://127.0.0.1:${server.tlsPort}`];
    let asked = 0;
    const login = {
      username: 'alice',
      password: 'alice-secret',
      async admit() {
        asked += 1;
        if (asked === 1) await dying.kill();
        return true;
      },
    };
    const proof = await directory({ servers }).authenticate(login, never);
    await dying[Symbol.asyncDispose]();
    assert.deepEqual([proof.kind, asked], ['proven', 2]);
  });

  it('stops at once when nobody waits any more', async () => {
    await using still = await certified();
    still.pause();
    const stopping = new AbortController();
    const waiting = directory({ servers: [`ldaps://127.0.0.1:${still.tlsPort}`] }).check(stopping.signal);
    stopping.abort();
    const [state] = await waiting;
    assert.equal(state?.error?.kind, 'interrupted');
    still.goOn();
  });

  it('may have a thousand groups', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => group(`g${index}`, [personDn('alice')]));
    await using large = await startSlapd({ ldif: ldif + many.join('') + group('top', [groupDn('g999')]) });
    const changes = { servers: [`ldap://127.0.0.1:${large.port}`], plainLoopback: true };
    const { person: found } = await directory(changes).explain('alice', 'alice-secret', never);
    assert.equal(found?.groups.length, 1005);
    assert.equal(found?.groups.find(({ name }) => name === 'top')?.nested, true);
  });

  it('explains each step, and the one that fails', async () => {
    const good = await directory().explain('alice', 'alice-secret', never);
    assert.deepEqual(
      good.steps.map(({ code, error }) => [code, error?.code]),
      [
        ['ldap.step.connect', undefined],
        ['ldap.step.bind', undefined],
        ['ldap.step.search', undefined],
        ['ldap.step.user-bind', undefined],
        ['ldap.step.groups', undefined],
      ],
    );
    assert.equal(good.steps[2]?.params['filter'], '(&(objectClass=person)(uid=alice))');
    const failures: [Partial<LdapSettings>, string, string][] = [
      [{ bindPassword: 'wrong' }, 'alice', 'ldap.service-bind-refused'],
      [{ baseDn: 'ou=nowhere,dc=example,dc=org' }, 'alice', 'ldap.refused'],
      [{}, odd.slice(0, 2), 'ldap.unknown'],
      [{}, 'bob', 'ldap.password-refused'],
    ];
    for (const [changes, username, code] of failures) {
      const { steps, person: found } = await directory(changes).explain(username, 'alice-secret', never);
      assert.equal(steps.at(-1)?.error?.code, code);
      assert.equal(found, undefined);
    }
  });
});

describe('a server that is none', () => {
  async function impostor(onData: (socket: Socket) => void) {
    const sockets = new Set<Socket>();
    const listener = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => {
        onData(socket);
      });
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const place = listener.address();
    assert.ok(place !== null && typeof place === 'object');
    const options: LdapSettings = {
      servers: [`ldap://127.0.0.1:${place.port}`],
      ca: undefined,
      plainLoopback: false,
      bindDn: 'cn=kura',
      bindPassword: 'secret',
      baseDn: 'dc=x',
      userFilter: '(uid={user})',
      bindAs: 'dn',
      timeoutMs: 5000,
    };
    return {
      check: async () => (await createLdapDirectory({ settings: options, clock: systemClock }).check(never))[0]?.error,
      [Symbol.asyncDispose]: async () => {
        for (const socket of sockets) socket.destroy();
        listener.close();
        await once(listener, 'close');
      },
    };
  }
  const yes = Buffer.from('300c02010178070a010004000400', 'hex');

  it('and says more than yes before the handshake is not believed', async () => {
    await using false1 = await impostor((socket) => socket.write(Buffer.concat([yes, Buffer.from('3000', 'hex')])));
    assert.match(String((await false1.check())?.params['reason']), /before the handshake/);
  });

  it('and refuses StartTLS, talks nonsense or hangs up is left without a word from us', async () => {
    const no = Buffer.from('300c02010178070a013504000400', 'hex');
    const behaviours: ((socket: Socket) => void)[] = [
      (socket) => socket.write(no),
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket) => socket.destroy(),
    ];
    for (const behaviour of behaviours) {
      await using wrong = await impostor(behaviour);
      assert.match((await wrong.check())?.code ?? '', /^ldap\.(start-tls-refused|unreachable|timeout)$/);
    }
  });

  it('and breaks the handshake is not used without one', async () => {
    await using broken = await impostor((socket) => {
      socket.write(yes);
      socket.once('data', () => socket.end('no TLS here'));
    });
    assert.match((await broken.check())?.code ?? '', /^ldap\.(tls-failed|unreachable)$/);
  });
});
