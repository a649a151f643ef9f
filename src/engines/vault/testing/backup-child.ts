/** A backup in a process of its own, to be killed. Arguments: repository, source, passphrase. Prints a line per progress. */
import { createLocalDiskStorage, openVault } from '#engines/vault';

const [folder = '', source = '', passphrase = ''] = process.argv.slice(2);
await using vault = await openVault({ storage: createLocalDiskStorage({ folder }), passphrase });
const result = await vault.backup({ source, onProgress: () => process.stdout.write('.\n') });
process.stdout.write(`done ${result.snapshot.id}\n`);
