/** Walks all pickles of a source and reports into a scope (scan-rules §3). */
import type { ByteSource } from '../byte-source.ts';
import type { FindingDetails } from '../finding-details.ts';
import type { ScanLimits } from '../limits.ts';
import type { PickleTensors } from '../metadata/pickle-tensors.ts';
import type { RuleId } from '../rules.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { callOpcodes } from './call-opcodes.ts';
import { literalOpcodes } from './literal-opcodes.ts';
import { type MachineOptions, type OpcodeHandler, PickleMachine, type PickleObserver } from './pickle-machine.ts';
import { PickleReader } from './pickle-reader.ts';
import type { PickleValue, StorageReference, TensorView } from './pickle-value.ts';
import { structureOpcodes } from './structure-opcodes.ts';

const SLICE = 50_000;

const handlers: readonly (OpcodeHandler | undefined)[] = handlerTable();

function handlerTable(): (OpcodeHandler | undefined)[] {
  const table: (OpcodeHandler | undefined)[] = Array.from({ length: 256 });
  for (const [opcode, handler] of [...literalOpcodes, ...structureOpcodes, ...callOpcodes]) table[opcode] = handler;
  return table;
}

/** A machine for the pickle at the reader's position, with an empty memo. */
export function createPickleMachine(options: MachineOptions): PickleMachine {
  return new PickleMachine(options, handlers);
}

export interface PickleWalk {
  /** Where the last complete pickle ended. */
  readonly end: number;
  /** Complete pickles. */
  readonly count: number;
  readonly results: readonly PickleValue[];
  readonly storages: readonly StorageReference[];
  readonly views: readonly TensorView[];
}

export interface PickleWalkOptions {
  readonly start?: number;
  /** Stop after so many pickles; what follows them is the caller's. */
  readonly maximum?: number;
  readonly torchStorages?: boolean;
  /** Take the persistent ids that only torch's layout before 1.6 has. */
  readonly torchContainers?: boolean;
  /** Take the numbers of tensors for ordinary persistent ids. */
  readonly tensorNumbers?: boolean;
  /** Hears of dictionaries as they are filled. */
  readonly tensors?: PickleTensors | undefined;
}

/**
 * Walks pickle after pickle until the source ends, `maximum` is reached or one breaks. Damage in the first pickle is
 * `pickle-broken`; bytes after a complete one that do not make another are `pickle-trailing-bytes`.
 */
export async function walkPickles(
  scope: Scope,
  source: ByteSource,
  options: PickleWalkOptions = {},
): Promise<PickleWalk> {
  const storages: StorageReference[] = [];
  const views: TensorView[] = [];
  const results: PickleValue[] = [];
  const reader = new PickleReader(source, options.start ?? 0);
  const observer = scopeObserver(scope, { storages, views, tensors: options.tensors });
  const maximum = options.maximum ?? Number.POSITIVE_INFINITY;
  let end = reader.position;
  let opcodesLeft = scope.context.limits.pickleOpcodes;
  do {
    const { torchStorages = false, torchContainers = false, tensorNumbers = false } = options;
    const machine = createPickleMachine({
      reader,
      limits: scope.context.limits,
      mostOpcodes: opcodesLeft,
      observer,
      torchStorages,
      torchContainers,
      tensorNumbers,
    });
    const fault = await runToStop(scope, machine);
    if (fault !== undefined) {
      reportFault(scope, fault, { first: results.length === 0, end });
      break;
    }
    opcodesLeft -= machine.opcodes;
    results.push(machine.result);
    end = reader.position;
  } while (reader.remaining > 0 && results.length < maximum);
  return { end, count: results.length, results, storages, views };
}

async function runToStop(scope: Scope, machine: PickleMachine): Promise<ScanStop | undefined> {
  try {
    while (!machine.stopped) {
      machine.run(SLICE);
      if (scope.context.needsBreath()) await scope.context.breathe();
    }
    return undefined;
  } catch (error) {
    if (error instanceof ScanStop && error.rule.startsWith('pickle-')) return error;
    throw error;
  }
}

function reportFault(scope: Scope, fault: ScanStop, place: { readonly first: boolean; readonly end: number }): void {
  if (place.first || fault.rule !== 'pickle-broken') scope.report(fault.rule, fault.details);
  else scope.report('pickle-trailing-bytes', { offset: place.end, evidence: fault.details.evidence ?? '' });
}

interface Collected {
  readonly storages: StorageReference[];
  readonly views: TensorView[];
  readonly tensors: PickleTensors | undefined;
}

function scopeObserver(scope: Scope, { storages, views, tensors }: Collected): PickleObserver {
  return {
    report: (rule, details) => {
      scope.report(rule, details);
    },
    recordImport: (name, verdict, offset) => {
      scope.recordImport(name, verdict, offset);
    },
    onStorage: (reference) => {
      storages.push(reference);
    },
    onView: (view) => {
      views.push(view);
    },
    onItems: (target, items) => {
      tensors?.onItems(target, items);
    },
  };
}

/** A plain pickle file: nothing but pickles. */
export async function scanPickle(scope: Scope, source: ByteSource): Promise<void> {
  await walkPickles(scope, source);
}

export interface PickleGuess {
  /** The bytes hold as a pickle, to its end or as far as the guess looks. */
  readonly complete: boolean;
  readonly imports: number;
  /** What a loader that took these bytes for a pickle would trip over. */
  readonly findings: readonly { readonly rule: RuleId; readonly details: FindingDetails }[];
}

const GUESS_OPCODES = 100_000;

/** Whether a pickle loader would find something in bytes that look like another format. Reports nothing. */
export function guessPickle(source: ByteSource, limits: ScanLimits): PickleGuess {
  const findings: { rule: RuleId; details: FindingDetails }[] = [];
  const machine = createPickleMachine({
    reader: new PickleReader(source, 0),
    limits,
    mostOpcodes: GUESS_OPCODES,
    observer: {
      report: (rule, details) => {
        findings.push({ rule, details });
      },
      recordImport: () => undefined,
      onStorage: () => undefined,
      onView: () => undefined,
    },
    torchStorages: true,
    strictNames: true,
  });
  try {
    machine.run(GUESS_OPCODES);
  } catch (error) {
    if (!(error instanceof ScanStop)) throw error;
    return { complete: false, imports: machine.importCount, findings };
  }
  return { complete: true, imports: machine.importCount, findings };
}
