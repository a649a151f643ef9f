/** The tools people use today, called the way that gives them the best chance: continuing, retrying, in pieces. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PeerTask {
  readonly url: string;
  readonly folder: string;
  /** Name of the file in the folder. */
  readonly name: string;
  readonly header: string;
  readonly sha256: string;
}

export interface Peer {
  readonly name: string;
  readonly program: string;
  args(task: PeerTask): readonly string[];
}

export const peers: readonly Peer[] = [
  {
    name: 'curl -fL --retry 4 -C -',
    program: 'curl',
    args: ({ url, folder, name, header }) => [
      '-sSfL',
      '--retry',
      '4',
      '-C',
      '-',
      '-H',
      header,
      '-o',
      `${folder}/${name}`,
      url,
    ],
  },
  {
    name: 'wget -c',
    program: 'wget',
    args: ({ url, folder, name, header }) => [
      '-q',
      '-c',
      '--tries=4',
      '--waitretry=1',
      `--header=${header}`,
      '-O',
      `${folder}/${name}`,
      url,
    ],
  },
  { name: 'aria2c -x8 -c', program: 'aria2c', args: aria2 },
  {
    name: 'aria2c -x8 -c --checksum',
    program: 'aria2c',
    args: (task) => [`--checksum=sha-256=${task.sha256}`, ...aria2(task)],
  },
];

function aria2({ url, folder, name, header }: PeerTask): readonly string[] {
  const pieces = ['-x8', '-s8', '-k1M', '-c', '--max-tries=4', '--retry-wait=1'];
  return ['-q', ...pieces, `--header=${header}`, '--allow-overwrite=true', '-d', folder, '-o', name, url];
}

/** First line of what it says about itself, or undefined where it is not installed. */
export async function versionOf({ program }: Peer): Promise<string | undefined> {
  return run(program, ['--version']).then(
    ({ stdout }) => stdout.split('\n')[0]?.slice(0, 60),
    () => undefined,
  );
}
