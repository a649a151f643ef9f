/**
 * Command lines of bubblewrap (bwrap(1)): a system of its own that holds only programs, libraries and what was given to
 * it, all read-only, and one private folder for temporary files. No network, no other processes, no rights.
 *
 * Root is the hard case. A program that runs as root in a user namespace still owns root's files and is not bound by the
 * limit of processes, so it gets a user of its own; bubblewrap can map only one, therefore we write the map. To read the
 * files it is shown, which may be root's alone, it keeps one capability, valid in its own namespace only.
 */
import { lstat, readlink, realpath } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import type { IsolatedRequest, VisiblePath } from './isolated-request.ts';
import { limitOptions } from './limits.ts';

export interface IsolationTools {
  readonly bwrap: string;
  readonly prlimit: string;
  /** Needed by root alone. */
  readonly setpriv: string | undefined;
}

/** What of them is installed. */
export type FoundTools = { readonly [Name in keyof IsolationTools]: string | undefined };

/** nobody, as everywhere. */
const NOBODY = '65534';
/** Where the linker and Debian's alternatives look. */
const systemFiles = ['/etc/ld.so.cache', '/etc/alternatives'];
/** Links into /usr on merged systems, folders on others. */
const systemFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const keptByRoot = ['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP', 'CAP_DAC_READ_SEARCH'];

/** `uid`: who the program runs as when we are root, else undefined. */
export async function bubblewrapArgs(
  request: IsolatedRequest,
  tools: IsolationTools,
  uid: number | undefined,
): Promise<readonly string[]> {
  const program = await realpath(request.program);
  const { fileBytes } = request.limits;
  const variables = Object.entries(environmentOf(request));
  return [
    ['user', 'pid', 'net', 'ipc', 'uts'].map((kind) => `--unshare-${kind}`),
    ['--unshare-cgroup-try', '--hostname', 'isolated', '--die-with-parent', '--new-session'],
    uid === undefined ? rightsOfUser : rightsOfRoot,
    await systemView(),
    ['--proc', '/proc', '--dev', '/dev', '--perms', '1777', '--size', String(fileBytes), '--tmpfs', '/tmp'],
    bindings(program, request.readOnly),
    ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/tmp'],
    variables.flatMap(([name, value]) => ['--setenv', name, value]),
    ['--'],
    uid === undefined || tools.setpriv === undefined ? [] : dropTo(tools.setpriv, uid),
    [tools.prlimit, ...limitOptions(request.limits, true), program, ...request.args],
  ].flat();
}

const rightsOfUser = ['--disable-userns', '--uid', NOBODY, '--gid', NOBODY, '--cap-drop', 'ALL'];
/** 3 and 4 are the pipes over which the map of users is arranged. */
const rightsOfRoot = ['--info-fd', '3', '--userns-block-fd', '4', '--cap-drop', 'ALL'].concat(
  keptByRoot.flatMap((capability) => ['--cap-add', capability]),
);

function dropTo(setpriv: string, uid: number): readonly string[] {
  const one = '+dac_read_search';
  // Without this bit access(2) would not count the capability, and programs that ask before they open would give up.
  const capabilities = [
    '--securebits=+no_setuid_fixup',
    '--bounding-set=-all',
    `--inh-caps=-all,${one}`,
    `--ambient-caps=${one}`,
    '--no-new-privs',
  ];
  return [setpriv, '--reuid', String(uid), '--regid', String(uid), '--clear-groups', ...capabilities];
}

export function environmentOf({ environment = {} }: Pick<IsolatedRequest, 'environment'>): Record<string, string> {
  const path = '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';
  return { PATH: path, HOME: '/tmp', TMPDIR: '/tmp', LANG: 'C.UTF-8', ...environment };
}

async function systemView(): Promise<readonly string[]> {
  const folders = await Promise.all(systemFolders.map(folderView));
  return [
    '--ro-bind',
    '/usr',
    '/usr',
    ...folders.flat(),
    ...systemFiles.flatMap((path) => ['--ro-bind-try', path, path]),
  ];
}

async function folderView(path: string): Promise<readonly string[]> {
  try {
    const isLink = (await lstat(path)).isSymbolicLink();
    return isLink ? ['--symlink', await readlink(path), path] : ['--ro-bind', path, path];
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** What stands in /usr is there already. */
function bindings(program: string, readOnly: readonly VisiblePath[]): readonly string[] {
  const own = program.startsWith('/usr/') ? [] : [{ path: program }];
  return [...own, ...readOnly].flatMap(({ path, at = path }: VisiblePath) => ['--ro-bind', path, at]);
}
