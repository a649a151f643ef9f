/** How the bytes of one answer reach whoever wants them: read chunk by chunk, or put straight into their memory. */

/** Gives the memory that an answer's bytes land in. All but `ready` is called from socket callbacks and never throws. */
export interface BodySink {
  /** Nothing more is wanted. */
  readonly isSatisfied: boolean;
  /** Where the next bytes may be put, never empty; undefined when there is no room now. */
  space(): Uint8Array | undefined;
  /** `count` bytes now stand at the start of the space given last. */
  landed(count: number): void;
  /** Resolves when asking for space again makes sense. Rejects when the reading has to end. */
  ready(): Promise<void>;
}

/** Told when the far side is waited for, so that silence can be noticed. */
export interface ArrivalWatch {
  waiting: boolean;
  arrived(count: number): void;
}

export interface AnswerBody {
  /** The next bytes, or undefined at the end. Rejects when the connection breaks before the end. */
  chunk(): Promise<Uint8Array | undefined>;
  /** Moves what is left into `sink` until the answer ends or the sink is satisfied. */
  into(sink: BodySink, watch: ArrivalWatch): Promise<void>;
  /** Ends it now; with an error, whoever is reading hears it. Always harmless. */
  close(error?: Error): void;
}

/** Copies bytes that are in memory already. */
export async function copyInto(sink: BodySink, bytes: Uint8Array): Promise<void> {
  let rest = bytes;
  while (rest.length > 0 && !sink.isSatisfied) {
    const space = sink.space();
    if (!space) {
      await sink.ready();
      continue;
    }
    const piece = rest.subarray(0, space.length);
    space.set(piece);
    sink.landed(piece.length);
    rest = rest.subarray(piece.length);
  }
}
