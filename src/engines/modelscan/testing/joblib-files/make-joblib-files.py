"""Writes the samples beside it with the real writers (Debian: python3-joblib, python3-numpy, python3-lz4).

Run by hand: /usr/bin/python3 make-joblib-files.py. Harmless: nothing here is ever loaded.
"""
import bz2, collections, io, lzma, os, pathlib, pickle, zipfile, zlib
import joblib, lz4.frame, numpy

here = pathlib.Path(__file__).parent


class Run:
    def __reduce__(self):
        return os.system, ('id',)


values = {
    'clean-arrays': {'weights': numpy.arange(300, dtype='f4').reshape(20, 15), 'bias': numpy.zeros(4), 'name': 'os.system'},
    'clean-plain': collections.OrderedDict(a=[1, 2.5, None], b='x' * 500),
    'dangerous-call': {'weights': numpy.zeros(8), 'x': Run()},
    'dangerous-objects': numpy.array([Run(), 1], dtype=object),
}
record = numpy.zeros(2, dtype=[('place', 'f8', (3,)), ('thing', 'O')])
record['thing'] = Run()
values['dangerous-record'] = record
values['clean-record'] = numpy.zeros(5, dtype=[('a', 'f4'), ('b', 'i2', (3,))])
compressions = {'none': 0, 'zlib': ('zlib', 3), 'gzip': ('gzip', 3), 'bz2': ('bz2', 3), 'lzma': ('lzma', 3), 'xz': ('xz', 3), 'lz4': ('lz4', 3)}
for name, value in values.items():
    for codec, compress in compressions.items():
        joblib.dump(value, here / f'{name}-{codec}.joblib', compress=compress)

payload = io.BytesIO()
joblib.dump({'x': Run()}, payload)
payload = payload.getvalue()
packers = {
    'two-streams.bz2': lambda data: bz2.compress(data[:9]) + bz2.compress(data[9:]),
    'two-streams.xz': lambda data: lzma.compress(data[:9], check=lzma.CHECK_SHA256) + bytes(8) + lzma.compress(data[9:], check=lzma.CHECK_CRC32),
    'two-frames.lz4': lambda data: lz4.frame.compress(data[:9]) + b'\x50\x2a\x4d\x18\x03\0\0\0abc' + lz4.frame.compress(data[9:], block_linked=True, block_checksum=True, content_checksum=True),
    'before-0.10': lambda data: b'ZF' + hex(len(data)).ljust(19).encode() + zlib.compress(data),
}
for name, pack in packers.items():
    (here / f'dangerous-{name}.pkl').write_bytes(pack(payload))
for name, method in {'bzip2': zipfile.ZIP_BZIP2, 'lzma': zipfile.ZIP_LZMA}.items():
    for verdict, content in {'clean': b'\x80\x02}.', 'dangerous': payload}.items():
        with zipfile.ZipFile(here / f'{verdict}-{name}.zip', 'w', method) as archive:
            archive.writestr(zipfile.ZipInfo('model.pkl', (2026, 1, 1, 0, 0, 0)), content, method)

# Filters before LZMA2, over code that is there, so that they change something; nothing of it is ever run.
machine = pathlib.Path('/usr/bin/true').read_bytes()[4000:9000]
chains = {
    'delta': [{'id': lzma.FILTER_DELTA, 'dist': 4}], 'x86': [{'id': lzma.FILTER_X86}],
    'x86-and-delta': [{'id': lzma.FILTER_X86}, {'id': lzma.FILTER_DELTA, 'dist': 2}],
}
for name, chain in chains.items():
    for verdict, content in {'clean': pickle.dumps(machine), 'dangerous': pickle.dumps([machine[:50], Run()])}.items():
        packed = lzma.compress(content, filters=[*chain, {'id': lzma.FILTER_LZMA2}])
        (here / f'{verdict}-filter-{name}.pkl.xz').write_bytes(packed)
