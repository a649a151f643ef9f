/** Torch's zip layout: `PREFIX/data.pkl` names tensors in `PREFIX/data/KEY`; TorchScript adds `PREFIX/code/`. */
import { KIB, MIB } from '#kernel/units';

import type { ByteSource } from '../byte-source.ts';
import type { MemberScanner } from '../container/member-scanner.ts';
import { PickleTensors } from '../metadata/pickle-tensors.ts';
import { walkPickles } from '../pickle/scan-pickle.ts';
import type { Scope } from '../scope.ts';
import { enterMember, openMember, type ZipMember } from '../zip/zip-member.ts';
import { checkViews, storageBytes, storagesByKey } from './tensor-fit.ts';

const RECORD_NAME = 'data.pkl';

/** Small records that torch writes beside the pickle; they hold a version, a byte order, a number. */
const plainRecords =
  /(?:^|\/)(?:version|byteorder|\.format_version|\.storage_alignment|\.data\/(?:version|serialization_id))$/;

/** Judges the members of every record set and gives the ones that need no further look. */
export async function scanTorchRecords(
  scope: Scope,
  source: ByteSource,
  members: readonly ZipMember[],
  scan: MemberScanner,
): Promise<ReadonlySet<ZipMember>> {
  const done = new Set<ZipMember>();
  for (const pickle of members.filter(({ entry }) => isTorchRecord(entry.name))) {
    const prefix = pickle.entry.name.slice(0, -RECORD_NAME.length);
    await scanRecordSet(scope, source, { prefix, pickle, members, done }, scan);
  }
  if (done.size === 0) return done;
  for (const member of members) {
    if (done.has(member)) continue;
    if (plainRecords.test(member.entry.name) && (await isPlainRecord(scope, source, member))) done.add(member);
    else if (isCode(member.entry.name)) await scanCode(scope, source, member, done);
    else if (isByteCode(member.entry.name)) await judgeByteCode(scope, source, member);
  }
  return done;
}

export function isTorchRecord(name: string): boolean {
  return name === RECORD_NAME || name.endsWith(`/${RECORD_NAME}`);
}

interface RecordSet {
  readonly prefix: string;
  readonly pickle: ZipMember;
  readonly members: readonly ZipMember[];
  readonly done: Set<ZipMember>;
}

async function scanRecordSet(scope: Scope, source: ByteSource, set: RecordSet, scan: MemberScanner): Promise<void> {
  const inner = enterMember(scope, set.pickle);
  const content = await openMember(inner, source, set.pickle);
  if (content === undefined) return;
  set.done.add(set.pickle);
  const tensors = scope.depth === 0 ? new PickleTensors() : undefined;
  const walk = await walkPickles(inner, content, { torchStorages: true, tensors });
  tensors?.writeTo(scope.context.record);
  checkViews(inner, walk.views);
  const byName = new Map(set.members.map((member) => [member.entry.name, member]));
  for (const reference of storagesByKey(inner, walk.storages).values()) {
    const storage = byName.get(`${set.prefix}data/${reference.key}`);
    if (storage === undefined || storage.entry.size !== storageBytes(reference)) {
      const size = storage === undefined ? 'missing' : `${storage.entry.size} bytes`;
      inner.report('torch-storage', { offset: reference.offset, evidence: `${reference.key}: ${size}` });
    }
    if (storage !== undefined && isRaw(storage)) set.done.add(storage);
  }
  for (const member of set.members) {
    if (set.done.has(member) || !member.entry.name.startsWith(`${set.prefix}data/`)) continue;
    inner.report('torch-record-unreferenced', { offset: member.entry.headerOffset, evidence: member.entry.name });
    const unreferenced = enterMember(scope, member);
    const bytes = await openMember(unreferenced, source, member);
    if (bytes !== undefined) await scan(unreferenced, bytes);
    set.done.add(member);
  }
}

/** Numbers as torch writes them: stored, in plain sight of both headers. */
function isRaw({ entry, local }: ZipMember): boolean {
  return local !== undefined && local.entry.method === entry.method && entry.rawName.equals(local.entry.rawName);
}

async function isPlainRecord(scope: Scope, source: ByteSource, member: ZipMember): Promise<boolean> {
  if (member.entry.size > KIB) return false;
  const content = await openMember(enterMember(scope, member), source, member);
  return content !== undefined && /^(?:\d{1,60}|little|big)\s*$/.test(content.read(0, KIB).toString('latin1'));
}

function isCode(name: string): boolean {
  return /(?:^|\/)code\/.*\.py$/.test(name);
}

/** TorchScript operators that reach files (aten, torchbind loaders). */
const fileOperators =
  /\b(?:from_file|save|load_library|torch\.load|open|fopen|IValueFromFile|read_file|write_file)\s*\(/;

/** The compiled form for phones: a pickle of instructions, judged as a pickle too. */
function isByteCode(name: string): boolean {
  return /(?:^|\/)bytecode\.pkl$/.test(name);
}

const fileOperatorNames = /\b(?:aten::(?:from_file|save|load)|load_library|(?:read|write)_file)/;

async function judgeByteCode(scope: Scope, source: ByteSource, member: ZipMember): Promise<void> {
  const inner = enterMember(scope, member);
  const content = await openMember(inner, source, member);
  inner.report('torch-script', { evidence: member.entry.name });
  const match = fileOperatorNames.exec(content?.read(0, MIB * 16).toString('latin1') ?? '');
  if (match !== null) inner.report('torch-script-file-access', { offset: match.index, evidence: match[0] });
}

async function scanCode(scope: Scope, source: ByteSource, member: ZipMember, done: Set<ZipMember>): Promise<void> {
  const inner = enterMember(scope, member);
  const content = await openMember(inner, source, member);
  if (content === undefined) return;
  inner.report('torch-script', { evidence: member.entry.name });
  if (content.size > MIB * 16) inner.report('stream-limit', { evidence: String(content.size) });
  const match = fileOperators.exec(content.read(0, MIB * 16).toString('utf8'));
  if (match !== null) inner.report('torch-script-file-access', { offset: match.index, evidence: match[0] });
  done.add(member);
}
