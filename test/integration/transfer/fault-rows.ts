/** What is put to our engine and, in `npm run bench faults`, to the tools people use today, each with its due end. */
import {
  addressesDie,
  type Behave,
  createDice,
  type FaultName,
  type FaultTiming,
  fault,
  type SeededContent,
  seededContent,
} from '#stand-ins/fault-proxy';

export interface FaultRow {
  readonly name: string;
  /** How it must end when a hash is published: `loud` where nobody could have the file. */
  readonly due: 'right' | 'loud';
  /** How it must end when none is; default as `due`. `undecidable`: the bytes are wrong and nothing tells. */
  readonly unpublished?: 'right' | 'loud' | 'undecidable';
  /** Ask the counted address that leads to a signed one, instead of the file itself. */
  readonly signed?: boolean;
  /** A first stretch is here already, of this version of the file. */
  readonly partOf?: 'this' | 'older';
  /** The signed address is on another host, which must not see our credentials. */
  readonly elsewhere?: boolean;
  /** What happens on our side: the volume is full at 60 %, or another file takes the place of the one being written. */
  readonly disk?: 'full' | 'replaced';
  readonly behave?: (content: SeededContent) => Behave;
}

/** The version before, of the same length: only its ETag tells. */
export function olderVersion(content: SeededContent): SeededContent {
  return seededContent('the version before', content.size);
}

function row(name: FaultName, timing: FaultTiming = {}): (content: SeededContent) => Behave {
  return ({ size }) => fault(name, { dice: createDice(name), size }, timing);
}

function always(misbehaviour: ReturnType<Behave>): () => Behave {
  return () => (ask) => (ask.route === 'file' ? misbehaviour : {});
}

/** Table 1d of models-peers.md, in its order. */
const tableRows: readonly FaultRow[] = [
  {
    name: 'signed URL expires mid-way',
    due: 'right',
    signed: true,
    behave: ({ size }) => addressesDie({ dice: createDice('expires'), size }, 1),
  },
  { name: 'HTML page with 200, always', due: 'loud', behave: row('html-page') },
  { name: 'partial, then Range ignored', due: 'right', partOf: 'this', behave: row('range-ignored') },
  { name: 'partial, then file changed', due: 'right', partOf: 'older' },
  {
    name: '206 with wrong bytes, right header',
    due: 'right',
    unpublished: 'undecidable',
    partOf: 'this',
    behave: row('from-start'),
  },
  { name: '206 with wrong Content-Range', due: 'right', partOf: 'this', behave: row('wrong-content-range') },
  { name: 'cut twice', due: 'right', behave: row('cut', { times: 2 }) },
  { name: '500 twice', due: 'right', behave: row('broken', { times: 2 }) },
  { name: '429 + Retry-After twice', due: 'right', behave: row('too-many-wait', { times: 2 }) },
  {
    name: 'one bit flipped, once',
    due: 'right',
    unpublished: 'undecidable',
    behave: () => {
      let strikes = 0;
      return (ask) => (ask.route === 'file' && (strikes += 1) === 1 ? { flipAt: 4_321_000 } : {});
    },
  },
];

/** The eight of §4d besides. */
const moreRows: readonly FaultRow[] = [
  { name: 'gzip where none was asked, always', due: 'right', behave: row('gzip') },
  { name: 'chunked, no length, no ranges', due: 'right', behave: always({ chunked: true, ignoreRange: true }) },
  { name: '206 total changes, once', due: 'right', partOf: 'this', behave: row('total-changes', { times: 1 }) },
  { name: 'redirect loop', due: 'loud', behave: row('redirect-loop') },
  { name: 'redirect to another host', due: 'right', signed: true, elsewhere: true },
  { name: 'slow-loris, 1 B/s', due: 'right', behave: row('slow-loris', { times: 1 }) },
  { name: 'disk full at 60 %', due: 'loud', disk: 'full' },
  { name: 'destination replaced under us', due: 'loud', disk: 'replaced' },
];

export const eighteenRows: readonly FaultRow[] = [...tableRows, ...moreRows];

/** What the issue names besides. */
export const furtherRows: readonly FaultRow[] = [
  { name: 'stall', due: 'right', behave: row('stall', { times: 2 }) },
  { name: 'reset', due: 'right', behave: row('reset', { times: 2 }) },
  { name: 'half-open', due: 'right', behave: row('half-open', { times: 1 }) },
  { name: 'slow-loris in the head', due: 'right', behave: row('slow-head', { times: 1 }) },
  { name: 'closed before the answer', due: 'right', behave: row('unanswered', { times: 3 }) },
  { name: 'garbage instead of HTTP, once', due: 'right', behave: row('garbage', { times: 1 }) },
  { name: 'every answer cut at 5 MiB', due: 'right', behave: always({ end: { after: 5 << 20, how: 'close' } }) },
  {
    name: 'one bit flipped, always',
    due: 'loud',
    unpublished: 'undecidable',
    behave: always({ flipAt: 4_321_000 }),
  },
  { name: 'length too long, once', due: 'right', behave: row('length-too-long', { times: 1 }) },
  { name: 'length too short, once', due: 'right', behave: row('length-too-short', { times: 1 }) },
  { name: 'length too long, always, no ranges', due: 'loud', behave: always({ lengthBy: 77, ignoreRange: true }) },
  {
    name: 'length too short, always, no ranges',
    due: 'loud',
    unpublished: 'undecidable',
    behave: always({ lengthBy: -77, ignoreRange: true }),
  },
  { name: '206 without Content-Range', due: 'right', behave: row('no-content-range') },
  { name: 'no validators', due: 'right', behave: always({ etag: null }) },
  { name: 'another version half-way, told by its ETag', due: 'right', behave: anotherVersion },
  { name: 'page of HTML without the type', due: 'loud', behave: row('html-untold') },
  { name: 'HTML page once', due: 'right', behave: row('html-page', { times: 1 }) },
  {
    name: 'signed URLs dead from the start, once',
    due: 'right',
    signed: true,
    behave: row('signed-address-dies', { times: 1 }),
  },
  { name: '401', due: 'loud', behave: row('unauthorised') },
  { name: '403', due: 'loud', behave: row('forbidden') },
  { name: '404', due: 'loud', behave: row('missing') },
  { name: '410', due: 'loud', behave: row('gone') },
  { name: '416', due: 'loud', behave: row('beyond-end') },
  { name: '416 to a continued range, once', due: 'right', partOf: 'this', behave: row('beyond-end', { times: 1 }) },
  { name: '429 without Retry-After, twice', due: 'right', behave: row('too-many', { times: 2 }) },
  { name: '503 twice', due: 'right', behave: row('unavailable', { times: 2 }) },
  { name: '500 always', due: 'loud', behave: row('broken') },
  { name: 'redirect to file://', due: 'loud', behave: row('redirect-to-file') },
  { name: 'redirect to file:// half-way', due: 'loud', partOf: 'this', behave: row('redirect-to-file') },
];

/** The server changes its mind after two answers: pieces of the older version must not stay. */
function anotherVersion(content: SeededContent): Behave {
  const older = olderVersion(content);
  return ({ route, hit }) => (route === 'file' && hit <= 2 ? { content: older } : {});
}
