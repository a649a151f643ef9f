import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { z } from 'zod';

import { scriptLimits } from './script-request.ts';
import { createScriptSandbox } from './script-sandbox.ts';

const sandbox = createScriptSandbox();
after(() => sandbox[Symbol.asyncDispose]());

/** Long where another limit is meant to come first, however busy the machine is. */
const LONG_MS = 20_000;
const small = { ...scriptLimits, timeMs: LONG_MS, memoryBytes: 4 * 1024 * 1024 };
const short = { ...scriptLimits, timeMs: 250 };

function run(body: string, input: unknown = {}, output: z.ZodType = z.unknown()) {
  const limits = body.includes('for (;;);') || body.includes('+)+') ? short : small;
  const source = `export function scan(input) { ${body} }`;
  return sandbox.run({ source, call: 'scan', input, output, limits }, AbortSignal.timeout(60_000));
}

async function faultOf(body: string, output?: z.ZodType): Promise<string> {
  const result = await run(body, {}, output);
  return 'failure' in result ? result.failure.fault : JSON.stringify(result.value);
}

describe('a script', () => {
  it('gets JSON and gives JSON', async () => {
    const result = await run('return { sum: input.list.reduce((a, b) => a + b), name: `${input.name}ね` };', {
      list: [1, 2, 39],
      name: '猫',
    });
    assert.deepEqual(result, { value: { sum: 42, name: '猫ね' } });
  });

  it('keeps nothing from one call to the next', async () => {
    await run('globalThis.kept = 1; Array.prototype.kept = 1; return 0;');
    assert.equal(await faultOf('return [typeof kept, [].kept ?? null];'), '["undefined",null]');
  });

  it('has no function, clock, module or secret of ours', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'console',
      'Date',
      'Worker',
      'Buffer',
      'WebAssembly',
      'std',
      'os',
    ];
    const body = `return [${names.map((name) => `typeof ${name}`).join()}, Function('return typeof process')()];`;
    assert.deepEqual(await run(body), { value: [...names, 'process'].map(() => 'undefined') });
    assert.equal(await faultOf("return typeof this.constructor?.constructor('return process')();"), 'threw');
    for (const source of [
      "import fs from 'node:fs'; export const scan = () => 1",
      'export const scan = 1',
      'export {',
      '',
    ]) {
      const call = { source, call: 'scan', input: {}, output: z.unknown() };
      const result = await sandbox.run(call, AbortSignal.timeout(30_000));
      assert.match('failure' in result ? result.failure.fault : 'ran', /^(?:unreadable|no-function)$/, source);
    }
    // Whatever asks for a module later never runs: nobody turns its promises.
    assert.equal(await faultOf("return import('node:fs');"), 'no-json');
  });

  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['an endless loop', 'for (;;);', /^time$/],
    ['an endless loop that catches', 'for (;;) { try { for (;;); } catch {} }', /^time$/],
    ['a pattern that explodes', "return /^(a+)+$/.test('a'.repeat(60) + 'b');", /^time$/],
    ['a memory bomb', 'const all = []; for (;;) all.push({});', /^memory$/],
    ['a large array', 'return new Uint8Array(1e8);', /^memory$/],
    ['a string bomb', "let s = 'ab'; for (;;) s += s;", /^(?:memory|threw)$/],
    ['endless recursion', 'const deeper = () => deeper() + 1; return deeper();', /^stack$/],
    ['a deep pattern', "return new RegExp('('.repeat(1e5) + ')'.repeat(1e5)).test('');", /^(?:stack|threw|time)$/],
    ['a long answer', "return 'x'.repeat(1e6);", /^output$/],
    ['a long error', "throw 'x'.repeat(1e6);", /^threw$/],
    ['an error that never ends', 'throw { get message() { for (;;); } };', /^time$/],
    ['an accessor that never ends', 'return { get a() { for (;;); } };', /^time$/],
    ['a promise', 'return Promise.resolve(1);', /^no-json$/],
    ['a circle', 'const a = {}; a.a = a; return a;', /^no-json$/],
    ['nothing', '', /^no-json$/],
    ['a BigInt', 'return 1n;', /^no-json$/],
    ['a function of its own for JSON', "JSON.stringify = () => '{'; return 1;", /^1$/],
    ['an error', "throw new TypeError('no');", /^threw$/],
  ];
  for (const [what, body, expected] of hostile) {
    it(`with ${what} ends as a failure, and the next one runs`, async () => {
      assert.match(await faultOf(body), expected);
      assert.equal(await faultOf('return 1;'), '1');
    });
  }

  it('whose answer is nested deeper than anybody reads has failed', async () => {
    const deep = await faultOf(
      'let a = []; for (let i = 0; i < 1e4; i++) a = [a]; return a;',
      z.array(z.array(z.never())),
    );
    assert.match(deep, /^(?:stack|no-json|shape)$/);
  });

  it('gives no more than was promised, and reaches no prototype of ours', async () => {
    const body = `return JSON.parse('{"a":1,"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}');`;
    assert.equal(await faultOf(body, z.strictObject({ a: z.number() })), 'shape');
    const result = await run(body, {}, z.object({ a: z.number() }));
    assert.deepEqual(result, { value: { a: 1 } });
    assert.equal(Object.hasOwn(Object.prototype, 'isAdmin'), false);
    assert.equal(await faultOf('return { a: "1" };', z.object({ a: z.number() })), 'shape');
  });

  it('stuck in a long step of the interpreter itself costs its thread', async () => {
    await using impatient = createScriptSandbox({ graceMs: 500 });
    const source = "export function scan() { return new Array(4e9).join('ab').length; }";
    const call = { source, call: 'scan', input: {}, output: z.unknown(), limits: short };
    const result = await impatient.run(call, AbortSignal.timeout(60_000));
    assert.deepEqual(result, { failure: { fault: 'time', detail: '' } });
  });

  it('leaves the event loop free, and ends with its caller', async () => {
    const controller = new AbortController();
    const source = 'export function scan() { for (;;); }';
    const limits = { ...scriptLimits, timeMs: 60_000 };
    const endless = sandbox.run({ source, call: 'scan', input: {}, output: z.unknown(), limits }, controller.signal);
    setImmediate(() => controller.abort(new Error('enough')));
    await assert.rejects(endless, /enough/);
    assert.equal(await faultOf('return 1;'), '1');
  });
});
