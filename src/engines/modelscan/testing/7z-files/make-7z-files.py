"""Writes the samples beside it with the real writer (Debian: 7zip). Run by hand; harmless, nothing is ever loaded."""
import os, pathlib, pickle, random, subprocess, tempfile

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
# Filters of machine code, over some that is there and over patterns they look for; nothing of it is ever run.
chance = random.Random(7)
patterns = [b'\xe8', b'\xe9', b'\x0f\x84', b'\xeb', b'\x00\xf0\x00\xf8', b'\x48\x00\x00\x01', b'\x40\x01\x00\x00', b'\x7f\xc1\x00\x00', b'\x11\x00\x94', b'\x00\x90', b'\x10']
noise = b''.join(chance.choice(patterns) + chance.randbytes(chance.randrange(6)) + bytes(chance.choice([b'\0', b'\xff', b''])) for _ in range(900))
words = b''.join((chance.randrange(2**26) | 0x94000000).to_bytes(4, 'little') + (chance.choice([0x90000000, 0xb0000000]) | chance.randrange(2**5) | (chance.choice([0, 7]) << 21) | (chance.randrange(2**13) << 5)).to_bytes(4, 'little') for _ in range(60))
bundles = b''.join((((chance.randrange(2**41) & ~(0xf << 37) & ~(7 << 9) | 5 << 37) << 5 | (chance.randrange(2**41) & ~(0xf << 37) & ~(7 << 9) | 5 << 37) << 46 | chance.choice([0x10, 0x12, 0x16, 0x17, 0x18]))).to_bytes(16, 'little') for _ in range(40))
code = clean | {'code.pkl': pickle.dumps(pathlib.Path('/usr/bin/true').read_bytes()[4000:12_000] + noise + words + bundles + b'-' + words + b'-' + words + b'-' + words + b'-'.join(bundles for _ in range(16)))}
filters = {
    'bcj': ['-m0=bcj', '-m1=lzma2'], 'bcj2': ['-m0=bcj2', '-m1=lzma', '-m2=lzma:d18', '-m3=lzma:d18', '-mb0:1', '-mb0s1:2', '-mb0s2:3'],
    'delta': ['-m0=delta:4', '-m1=lzma2'], 'arm': ['-m0=arm', '-m1=lzma2'], 'thumb': ['-m0=armt', '-m1=lzma'], 'arm64': ['-m0=arm64', '-m1=lzma2'],
    'powerpc': ['-m0=ppc', '-m1=lzma2'], 'sparc': ['-m0=sparc', '-m1=lzma2'], 'itanium': ['-m0=ia64', '-m1=lzma2'],
}
# RISC-V: calls, pairs of AUIPC and its user, and what looks like the filtered form of such a pair already.
calls = b''.join((0xef | chance.choice([0x80, 0x280, 0x100]) | chance.randrange(2**20) << 12).to_bytes(4, 'little') for _ in range(40))
registers = [chance.choice([1, 5, 10, 2, 0]) for _ in range(60)]
pairs = b''.join((0x17 | register << 7 | chance.randrange(2**20) << 12).to_bytes(4, 'little') + (0x13 | chance.randrange(2**12) << 20 | register << 15 | 10 << 7).to_bytes(4, 'little') for register in registers)
marked = b''.join((0x3117 | chance.randrange(2**18) << 14).to_bytes(4, 'little') + chance.randbytes(4) for _ in range(40))
riscv = clean | {'code.pkl': pickle.dumps(calls + pairs + marked + b'-' + calls + b'-' + pairs + b'-' + marked + noise)}
for name, options in filters.items():
    write(f'clean-filter-{name}', code, options)
    write(f'dangerous-filter-{name}', dangerous, options)
write('clean-filter-riscv', riscv, ['-m0=riscv', '-m1=lzma2'])
write('dangerous-filter-riscv', dangerous, ['-m0=riscv', '-m1=lzma2'])
write('suspicious-encrypted', clean, ['-psecret'])
write('suspicious-encrypted-listing', clean, ['-psecret', '-mhe=on'])
write('suspicious-ppmd', clean, ['-m0=ppmd'])
with tempfile.TemporaryDirectory() as folder:
    os.symlink('/etc/hostname', f'{folder}/link.txt')
    (here / 'dangerous-link.7z').unlink(missing_ok=True)
    subprocess.run(['7zz', 'a', '-bd', '-snl', '-mtm=off', here / 'dangerous-link.7z', '.'], cwd=folder, check=True, stdout=subprocess.DEVNULL)
