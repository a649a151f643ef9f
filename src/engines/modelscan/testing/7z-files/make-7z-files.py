"""Writes the samples beside it with the real writer (Debian: 7zip). Run by hand; harmless, nothing is ever loaded."""
import os, pathlib, pickle, subprocess, tempfile

here = pathlib.Path(__file__).parent


class Run:
    def __reduce__(self):
        return os.system, ('id',)


clean = {'weights.pkl': pickle.dumps({'w': list(range(500))}), 'readme.txt': b'hello\n' * 40, 'sub/config.json': b'{"a": 1}'}
dangerous = clean | {'z.pkl': pickle.dumps(Run())}
variants = {
    'lzma2': ['-m0=lzma2'], 'lzma': ['-m0=lzma'], 'bzip2': ['-m0=bzip2'], 'deflate': ['-m0=deflate'], 'copy': ['-m0=copy'],
    'plain-listing': ['-mhc=off'], 'not-solid': ['-ms=off'], 'two-coders': ['-m0=bzip2', '-m1=deflate'],
}


def write(name, files, options):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            target = pathlib.Path(folder, path)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        target = here / f'{name}.7z'
        target.unlink(missing_ok=True)
        subprocess.run(['7zz', 'a', '-bd', '-mtm=off', *options, target, '.'], cwd=folder, check=True, stdout=subprocess.DEVNULL)


for name, options in variants.items():
    write(f'clean-{name}', clean, options)
    write(f'dangerous-{name}', dangerous, options)
write('suspicious-filter', clean, ['-m0=bcj', '-m1=lzma2'])
write('suspicious-delta', clean, ['-m0=delta:4', '-m1=lzma2'])
write('suspicious-encrypted', clean, ['-psecret'])
write('suspicious-encrypted-listing', clean, ['-psecret', '-mhe=on'])
write('suspicious-ppmd', clean, ['-m0=ppmd'])
with tempfile.TemporaryDirectory() as folder:
    os.symlink('/etc/hostname', f'{folder}/link.txt')
    (here / 'dangerous-link.7z').unlink(missing_ok=True)
    subprocess.run(['7zz', 'a', '-bd', '-snl', '-mtm=off', here / 'dangerous-link.7z', '.'], cwd=folder, check=True, stdout=subprocess.DEVNULL)
