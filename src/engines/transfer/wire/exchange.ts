/** One request on a connection and its answer: the head, then a body that lands where its reader wants it. */
import type { AnswerBody, ArrivalWatch, BodySink } from '../answer-body.ts';
import { type AnswerHead, BadAnswer, MAX_HEAD_BYTES, parseHead } from './answer-head.ts';
import { ChunkedDecoder } from './chunked-decoder.ts';

const refusesForNow: ReadonlySet<number> = new Set([429, 503]);

/** What the exchange asks of the connection under it. */
export interface ExchangeLine {
  /** Goes on reading after `arrived` said to stop. */
  resume(): void;
  /** The answer is here to its last byte; `isReusable` when another request may follow. */
  finished(isReusable: boolean): void;
  destroy(): void;
}

interface Flow {
  readonly sink: BodySink;
  readonly watch: ArrivalWatch;
  readonly end: PromiseWithResolvers<void>;
  /** Waiting for the sink to have room again. */
  isHeld: boolean;
}

const HEAD_END = '\r\n\r\n';

export class Exchange implements AnswerBody {
  readonly #line: ExchangeLine;
  readonly #head = Promise.withResolvers<AnswerHead>();
  readonly #over = Promise.withResolvers<void>();
  #headText: string | undefined = '';
  #keepsAlive = false;
  #decoder: ChunkedDecoder | undefined;
  /** Body bytes that the connection has not brought yet; infinite when only its end will tell. */
  #left = Number.POSITIVE_INFINITY;
  /** Body bytes that landed outside the reader's memory. */
  #queue: Uint8Array[] = [];
  #flow: Flow | undefined;
  #pull: PromiseWithResolvers<Uint8Array | undefined> | undefined;
  #error: Error | undefined;
  #isOver = false;
  /** The sink's answer of a moment ago: asking twice for each read would double what has to be collected. */
  #offered: Uint8Array | undefined;

  constructor(line: ExchangeLine) {
    this.#line = line;
    // Whoever gave up waiting for it has nobody to tell.
    this.#head.promise.catch(() => undefined);
  }

  get head(): Promise<AnswerHead> {
    return this.#head.promise;
  }

  /** No byte of an answer has come. */
  get isUntouched(): boolean {
    return this.#headText === '';
  }

  /** The connection's part is over: everything is here, or it broke. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when the connection's part is over. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Memory of the reader that the next read may go to; undefined: somewhere else, please. */
  place(): Uint8Array | undefined {
    const flow = this.#flow;
    if (!flow || flow.isHeld || this.#left === 0 || this.#isOver || this.#decoder || this.#queue.length > 0) {
      return undefined;
    }
    const space = this.#offered ?? (flow.sink.isSatisfied ? undefined : flow.sink.space());
    this.#offered = undefined;
    return space && space.length > this.#left ? space.subarray(0, this.#left) : space;
  }

  /** `count` bytes were read into the place given last. Says whether to go on reading. */
  landed(count: number): boolean {
    this.#flow?.watch.arrived(count);
    this.#left -= count;
    this.#flow?.sink.landed(count);
    return this.#move();
  }

  /** Bytes were read somewhere else; they are copied if they are to stay. Says whether to go on reading. */
  arrived(bytes: Uint8Array): boolean {
    if (this.#headText !== undefined) this.#readHead(Buffer.from(bytes).toString('latin1'));
    else {
      this.#flow?.watch.arrived(bytes.length);
      const rest = this.#passOn(bytes);
      if (rest.length > 0) this.#keep(Buffer.from(rest));
    }
    return this.#move();
  }

  /** The connection ended, with an error or in good order. */
  ended(error: Error | undefined): void {
    if (this.#isOver) return;
    if (!error && this.#headText === undefined && !this.#decoder && this.#left === Number.POSITIVE_INFINITY) {
      this.#left = 0;
    } else {
      this.#break(error ?? closedEarly());
    }
    this.#move();
  }

  chunk(): Promise<Uint8Array | undefined> {
    this.#pull = Promise.withResolvers();
    const { promise } = this.#pull;
    if (this.#move()) this.#line.resume();
    return promise;
  }

  into(sink: BodySink, watch: ArrivalWatch): Promise<void> {
    this.#flow = { sink, watch, end: Promise.withResolvers(), isHeld: false };
    const { promise } = this.#flow.end;
    if (this.#move()) this.#line.resume();
    return promise;
  }

  close(error?: Error): void {
    this.#queue = [];
    if (!this.#isOver) this.#break(error ?? new Error('no longer wanted'));
    this.#move();
  }

  #readHead(text: string): void {
    this.#headText += text;
    for (let end = this.#endOfHead(); end !== -1; end = this.#endOfHead()) {
      const all = this.#headText ?? '';
      const head = parseHead(all.slice(0, end));
      const rest = all.slice(end + HEAD_END.length);
      if (head.status >= 200) {
        this.#begin(head, rest);
        return;
      }
      this.#headText = rest;
    }
  }

  #endOfHead(): number {
    const text = this.#headText ?? '';
    const end = text.indexOf(HEAD_END);
    if ((end === -1 ? text.length : end) > MAX_HEAD_BYTES) throw new BadAnswer('a head without end');
    return end;
  }

  #begin(head: AnswerHead, rest: string): void {
    this.#headText = undefined;
    // A server that judges a connection once, when it opens, would refuse everything that is asked on this one.
    this.#keepsAlive = head.keepsAlive && !refusesForNow.has(head.status);
    if (head.framing.kind === 'chunked') this.#decoder = new ChunkedDecoder();
    if (head.framing.kind === 'length') this.#left = head.framing.bytes;
    if (rest !== '') this.#keep(Buffer.from(rest, 'latin1'));
    this.#head.resolve(head);
  }

  /** Copies what the reader has room for straight to it; returns what is left over. */
  #passOn(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    for (let space = this.place(); space && rest.length > 0; space = this.place()) {
      const piece = rest.subarray(0, space.length);
      space.set(piece);
      this.#left -= piece.length;
      this.#flow?.sink.landed(piece.length);
      rest = rest.subarray(piece.length);
    }
    return rest;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#decoder) {
      this.#queue.push(...this.#decoder.decode(bytes));
      if (this.#decoder.isDone) this.#left = 0;
      return;
    }
    const own = bytes.subarray(0, this.#left);
    // What goes beyond the announced length belongs to no answer: the connection is not to be trusted with another.
    if (own.length < bytes.length) this.#keepsAlive = false;
    this.#left -= own.length;
    if (own.length > 0) this.#queue.push(own);
  }

  /** Gives what is here to whoever waits for it. Says whether to read on. */
  #move(): boolean {
    if (this.#left === 0 && !this.#isOver) this.#finish();
    if (this.#pull) return this.#answerPull(this.#pull);
    if (this.#flow && !this.#flow.isHeld) return this.#feed(this.#flow);
    return this.#headText !== undefined && !this.#isOver;
  }

  #answerPull(pull: PromiseWithResolvers<Uint8Array | undefined>): boolean {
    const next = this.#queue.shift();
    if (!next && !this.#isOver) return true;
    this.#pull = undefined;
    if (!next && this.#error) pull.reject(this.#error);
    else pull.resolve(next);
    return false;
  }

  #feed(flow: Flow): boolean {
    const { sink, watch } = flow;
    watch.waiting = false;
    while (!sink.isSatisfied && (this.#queue.length > 0 || !this.#isOver)) {
      const space = sink.space();
      if (!space) {
        this.#hold(flow);
        return false;
      }
      const [next] = this.#queue;
      if (!next) {
        watch.waiting = true;
        this.#offered = space;
        return true;
      }
      const piece = next.subarray(0, space.length);
      space.set(piece);
      sink.landed(piece.length);
      if (piece.length === next.length) this.#queue.shift();
      else this.#queue[0] = next.subarray(piece.length);
    }
    this.#flow = undefined;
    this.#offered = undefined;
    if (this.#error && !sink.isSatisfied) flow.end.reject(this.#error);
    else flow.end.resolve();
    return false;
  }

  #hold(flow: Flow): void {
    flow.isHeld = true;
    flow.sink.ready().then(
      () => {
        flow.isHeld = false;
        if (this.#flow === flow && this.#move()) this.#line.resume();
      },
      (error: unknown) => {
        this.#flow = undefined;
        flow.end.reject(error);
      },
    );
  }

  #finish(): void {
    this.#isOver = true;
    this.#over.resolve();
    this.#line.finished(this.#keepsAlive);
  }

  #break(error: Error): void {
    this.#isOver = true;
    this.#error = error;
    this.#over.resolve();
    this.#head.reject(error);
    this.#line.destroy();
  }
}

function closedEarly(): Error {
  return Object.assign(new Error('the other side closed the connection'), { code: 'ECONNRESET' });
}
