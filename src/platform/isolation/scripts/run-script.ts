/**
 * One call of one script in QuickJS (ADR 0038). Interpreter, memory and globals are new for each call, so that nothing
 * stays from one file to the next. The script gets the language and its argument: there is no clock, no module, no
 * function of ours in it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import quickjsVariant from '@jitl/quickjs-wasmfile-release-sync';
import {
  DefaultIntrinsics,
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  type VmCallResult,
} from 'quickjs-emscripten-core';

import type { ScriptCommand, ScriptFailure, ScriptFault, ScriptReport } from './script-request.ts';

/** Node has it; its types come only with those of browsers. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

/** Declared as CommonJS, loaded as a module: its types put one `default` too many in between. */
const base = quickjsVariant as unknown as QuickJSSyncVariant;
/** Looked for from here, because the joined program lies elsewhere; compiled once for all calls. */
const wasmPath = createRequire(import.meta.url).resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
const variant = newVariant(base, { wasmModule: readFile(wasmPath).then(async (bytes) => WebAssembly.compile(bytes)) });

const LONGEST_DETAIL = 300;

class Failed extends Error {
  readonly failure: ScriptFailure;
  constructor(fault: ScriptFault, detail: string) {
    super(fault);
    this.failure = { fault, detail: detail.slice(0, LONGEST_DETAIL) };
  }
}

/** @throws what the interpreter dies of; its thread is then to be thrown away */
export async function runScript(command: ScriptCommand): Promise<ScriptReport> {
  // Memory of a module instance only ever grows: each call has its own, and the next one begins small.
  const quickjs = await newQuickJSWASMModuleFromVariant(variant);
  try {
    return { json: answerOf(quickjs, command) };
  } catch (error) {
    if (error instanceof Failed) return { failure: error.failure };
    throw error;
  }
}

function answerOf(quickjs: QuickJSWASMModule, { source, call, input, limits }: ScriptCommand): string {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(limits.memoryBytes);
  runtime.setMaxStackSize(limits.stackBytes);
  const deadline = performance.now() + limits.timeMs;
  function isLate(): boolean {
    return performance.now() > deadline;
  }
  runtime.setInterruptHandler(isLate);
  // Not disposed of: the whole instance is dropped, and freeing what a hostile script left takes time it may not have.
  const context = runtime.newContext({ intrinsics: { ...DefaultIntrinsics, Date: false } });
  function taken(result: VmCallResult<QuickJSHandle>, fault: ScriptFault): QuickJSHandle {
    if (result.error !== undefined) throw failureOf(context, result.error, { fault, isLate });
    return result.value;
  }

  // Ours, from before the script: what it does to its globals does not change how its answer is written.
  const parse = taken(context.evalCode('JSON.parse'), 'crashed');
  const stringify = taken(context.evalCode('JSON.stringify'), 'crashed');
  const module = taken(context.evalCode(source, 'plugin.js', { type: 'module' }), 'unreadable');
  // A module that waits is a promise, whose export nobody sees.
  const called = context.getProp(module, call);
  if (context.typeof(called) !== 'function') throw new Failed('no-function', call);
  const argument = taken(context.callFunction(parse, context.undefined, context.newString(input)), 'crashed');
  const answer = taken(context.callFunction(called, context.undefined, argument), 'threw');
  if (isPromise(context, answer)) throw new Failed('no-json', 'a promise');
  const json = taken(context.callFunction(stringify, context.undefined, answer), 'no-json');
  if (context.typeof(json) !== 'string') throw new Failed('no-json', context.typeof(answer));
  const length = context.getNumber(context.getProp(json, 'length'));
  if (length > limits.outputLength) throw new Failed('output', String(length));
  return context.getString(json);
}

function isPromise(context: QuickJSContext, handle: QuickJSHandle): boolean {
  if (context.typeof(handle) !== 'object') return false;
  const state = context.getPromiseState(handle);
  return !(state.type === 'fulfilled' && state.notAPromise === true);
}

/** What it threw may be anything, with accessors that run: only two properties are read, still under the limits. */
function failureOf(
  context: QuickJSContext,
  thrown: QuickJSHandle,
  { fault, isLate }: { readonly fault: ScriptFault; readonly isLate: () => boolean },
): Failed {
  if (isLate()) return new Failed('time', '');
  const name = wordOf(context, thrown, 'name');
  const message = wordOf(context, thrown, 'message');
  if (isLate()) return new Failed('time', '');
  if (name === 'InternalError' && message === 'out of memory') return new Failed('memory', '');
  if (/^(?:Internal|Range)Error$/.test(name) && /stack (?:overflow|size)/.test(message)) return new Failed('stack', '');
  return new Failed(fault, message === '' ? name : `${name}: ${message}`);
}

/** Cut before it is copied out of the interpreter. */
function wordOf(context: QuickJSContext, thrown: QuickJSHandle, property: string): string {
  const kind = context.typeof(thrown);
  if (kind === 'string') return property === 'message' ? cut(context, thrown) : '';
  if (kind !== 'object') return '';
  const value = context.getProp(thrown, property);
  return context.typeof(value) === 'string' ? cut(context, value) : '';
}

function cut(context: QuickJSContext, text: QuickJSHandle): string {
  const length = context.getNumber(context.getProp(text, 'length'));
  return length > 64 * 1024 ? '' : context.getString(text).slice(0, LONGEST_DETAIL);
}
