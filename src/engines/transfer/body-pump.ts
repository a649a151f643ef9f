/** Moves one answer's bytes to disk, one block being written while the next one arrives. */
import { BlockSink } from './blocks/block-sink.ts';
import { wholeBlocks } from './blocks/pace.ts';
import type { BodyReader } from './body-reader.ts';
import type { TransferRun } from './transfer-run.ts';

export interface PumpOptions {
  readonly run: TransferRun;
  readonly reader: BodyReader;
  /** Where the first byte goes. */
  readonly position: number;
  readonly signal: AbortSignal;
  /** How many of these bytes may be written at the current position; fewer than offered ends the pump. */
  readonly claim: (count: number) => number;
  /** Whether all that is wanted is claimed although the answer goes on; asked after each claim. */
  readonly isSatisfied?: () => boolean;
}

/**
 * Runs until the answer ends, `claim` grants less than offered or nothing more is wanted; says how many bytes were
 * written. What had arrived when the connection broke is written too, before the error goes on.
 */
export async function pump(options: PumpOptions): Promise<number> {
  const { run, reader, position, signal, claim, isSatisfied } = options;
  const pace = run.state.isLasting ? run.pace : wholeBlocks;
  const sink = new BlockSink({
    blocks: run.blocks,
    pace,
    clock: run.clock,
    position,
    signal,
    claim,
    isSatisfied,
    write: async (blocks, length, at) => {
      await run.state.write(blocks, length, { position: at, isSlow: pace.isSlow });
      run.meter.add(length);
    },
    arrived: (count) => {
      run.networkBytes += count;
    },
    admit: run.admission(signal),
  });
  run.meter.connections += 1;
  try {
    await reader.into(sink);
  } finally {
    run.meter.connections -= 1;
    await sink.end();
  }
  return sink.written;
}
