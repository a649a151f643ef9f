/** HDF5: where it leads outside itself, and configuration or pickles in its attributes; numbers are not read. */
import type { ByteSource } from '../byte-source.ts';
import { bufferSource } from '../byte-source.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import { guessPickle } from '../pickle/scan-pickle.ts';
import type { Scope } from '../scope.ts';
import { judgeConfigText } from '../text/config-rules.ts';
import type { Hdf5Attribute } from './attribute.ts';
import { findSuperblock, openHdf5 } from './hdf5-file.ts';
import { type WalkObserver, walkObjects } from './object-walk.ts';
import { outsideFiles } from './outside-data.ts';

export async function scanHdf5(scope: Scope, source: ByteSource, scan: MemberScanner): Promise<void> {
  const start = findSuperblock(source) ?? 0;
  if (start > 0) scope.report('hdf5-user-block', { offset: 0, evidence: `${start} bytes` });
  const file = openHdf5(source);
  const attributes: { readonly path: string; readonly attribute: Hdf5Attribute }[] = [];
  const observer: WalkObserver = {
    onLink(path, link) {
      if (link.kind === 'external') scope.report('hdf5-external', { evidence: `${path} → ${link.file}` });
      if (link.kind === 'user-defined') scope.report('hdf5-unread', { evidence: `${path}: link` });
    },
    onObject({ path, messages }) {
      for (const name of outsideFiles(file, messages)) scope.report('hdf5-external', { evidence: `${path} → ${name}` });
    },
    onAttribute: (path, attribute) => attributes.push({ path, attribute }),
    onUnread: (path, what) => scope.report('hdf5-unread', { evidence: `${path}: ${what}` }),
  };
  try {
    await walkObjects(file, observer, scope.context);
  } finally {
    // What was met before damage keeps its verdict.
    for (const { path, attribute } of attributes)
      await judgeAttribute(scope, `${path}@${attribute.name}`, attribute, scan);
  }
}

async function judgeAttribute(
  scope: Scope,
  place: string,
  { values, unread }: Hdf5Attribute,
  scan: MemberScanner,
): Promise<void> {
  if (unread) scope.report('hdf5-unread', { evidence: place });
  // PyTables' mark of a dataset whose rows are pickles; the numbers of datasets are not read here.
  if (place.endsWith('@PSEUDOATOM') && values.some((value) => /^object\0*$/.test(value.toString('latin1'))))
    scope.report('hdf5-unread', { evidence: `${place}: object` });
  for (const value of values) {
    if (isPickle(scope, value)) await scan(scope.enter(place), bufferSource(value));
    else judgeConfigText(scope, value.toString('utf8').replace(/\0+$/, ''), place);
  }
}

/** PyTables and pandas keep Python objects as pickles in attributes and load them without asking. */
function isPickle(scope: Scope, value: Buffer): boolean {
  if (value.length < 2) return false;
  const { complete, imports, findings } = guessPickle(bufferSource(value), scope.context.limits);
  const [first, second = 255] = value;
  return (first === 0x80 && second <= 5) || imports > 0 || (complete && findings.length > 0);
}
