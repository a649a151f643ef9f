/** The switchboard of faults: what is set, whom it hits, how often it still may. */
import { changesContent, type Fault, faultSchema, impliedRoute, type RouteName } from './fault.ts';

interface FaultScope {
  readonly route: RouteName;
  readonly modelId?: number | undefined;
  readonly versionId?: number | undefined;
  readonly fileId?: number | undefined;
  /** The bytes of the file this request asks for, where that is known. */
  readonly stretch?: { readonly start: number; readonly end: number } | undefined;
}

export interface FaultBoard {
  /** Replaces everything that was set. */
  set(...faults: readonly Fault[]): void;
  /** Adds to what is set. */
  add(...faults: readonly Fault[]): void;
  clear(): void;
  /** What is set, with the number of requests each has hit. */
  list(): readonly ActiveFault[];
}

interface ActiveFault {
  readonly fault: Fault;
  readonly hits: number;
}

/** The side the server uses. */
export interface FaultDesk extends FaultBoard {
  /** Effects for one request, merged (later faults win); counts against `skip` and `times`. */
  forRequest(scope: FaultScope): Fault;
  /** Effects on what an answer says about one file. */
  forFile(scope: FaultScope): Fault;
}

interface Entry {
  readonly fault: Fault;
  readonly route: RouteName | undefined;
  matched: number;
  hits: number;
}

export function createFaultDesk(): FaultDesk {
  let entries: Entry[] = [];
  function add(...faults: readonly Fault[]): void {
    for (const fault of faults) {
      const valid = faultSchema.parse(fault);
      entries.push({ fault: valid, route: impliedRoute(valid), matched: 0, hits: 0 });
    }
  }
  function collect(scope: FaultScope, content: boolean): Fault {
    const hitting = entries.filter(
      (entry) => changesContent(entry.fault) === content && matches(entry, scope) && take(entry),
    );
    return Object.assign({}, ...hitting.map(({ fault }) => fault));
  }
  return {
    add,
    set(...faults) {
      entries = [];
      add(...faults);
    },
    clear() {
      entries = [];
    },
    list: () => entries.map(({ fault, hits }) => ({ fault, hits })),
    forRequest: (scope) => collect(scope, false),
    forFile: (scope) => collect(scope, true),
  };
}

function matches(entry: Entry, scope: FaultScope): boolean {
  const { fault, route } = entry;
  return (
    (route === undefined || route === scope.route) &&
    (fault.modelId === undefined || fault.modelId === scope.modelId) &&
    (fault.versionId === undefined || fault.versionId === scope.versionId) &&
    (fault.fileId === undefined || fault.fileId === scope.fileId) &&
    canHit(fault, scope.stretch)
  );
}

/** A probe of one byte must not use up a fault that waits for byte 100,000. */
function canHit(fault: Fault, stretch: FaultScope['stretch']): boolean {
  if (stretch === undefined) return true;
  const { flipByteAt = stretch.start, cutAfterBytes = 0, stallAfterBytes = 0 } = fault;
  return (
    flipByteAt >= stretch.start &&
    flipByteAt < Math.max(stretch.end, stretch.start + 1) &&
    Math.max(cutAfterBytes, stallAfterBytes) < Math.max(1, stretch.end - stretch.start)
  );
}

function take(entry: Entry): boolean {
  entry.matched += 1;
  const { skip = 0, times = Number.POSITIVE_INFINITY } = entry.fault;
  if (entry.matched <= skip || entry.hits >= times) return false;
  entry.hits += 1;
  return true;
}
