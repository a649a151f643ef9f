"""Writes the HDF5 files of this folder with the real library: python3 make-hdf5-files.py FOLDER (needs h5py).

Their names begin with the verdict they must get. Old and new file formats keep groups and attributes differently, so
each file comes in both. The payloads name what they would call and are never loaded.
"""
import gzip
import io
import json
import os
import pickle
import sys

import h5py
import numpy

dense = {"class_name": "Dense", "config": {"name": "d", "units": 3, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}}}}
code = {"class_name": "Lambda", "config": {"name": "l", "function": ["4wEAAAAA", None, None], "function_type": "lambda"}}


def model(*layers):
    return json.dumps({"class_name": "Sequential", "config": {"name": "s", "layers": [{"class_name": "InputLayer", "config": {"name": "i"}}, dense, *layers]}})


class Run:
    def __reduce__(self):
        return (os.system, ("id",))


def with_attribute(**attributes):
    def change(file):
        for name, value in attributes.items():
            file["weights/dense_1"].attrs[name] = value

    return change


def many_attributes(file):
    for index in range(40):
        file.attrs[f"a{index}"] = f"text {index}"
    file["weights/dense_1"].attrs["deep"] = json.dumps({"layers": [code]})


def external_link(file):
    for index in range(20):
        file[f"soft {index}"] = h5py.SoftLink("/weights")
    file["weights/other"] = h5py.ExternalLink("/etc/hostname", "/x")
    file["last"] = h5py.ExternalLink("../other.h5", "/x")


def external_data(file):
    file.create_dataset("e", shape=(2,), dtype="f4", external=[("/etc/hostname", 0, 8)])


def virtual(source):
    def change(file):
        file.create_dataset("d", data=numpy.zeros(3, "f4"))
        layout = h5py.VirtualLayout(shape=(1, 3), dtype="f4")
        layout[0] = h5py.VirtualSource(source or file["d"], "d", shape=(3,)) if source else h5py.VirtualSource(file["d"])
        file.create_virtual_dataset("v", layout)

    return change


def soft_links(file):
    for index in range(20):
        file[f"soft {index}"] = h5py.SoftLink("/weights/dense_1")


files = {
    "clean-model": (model(), None, {}),
    "clean-fixed-text": (numpy.bytes_(model()), None, {}),
    "clean-tracked-order": (model(), soft_links, {"track_order": True}),
    "clean-virtual-of-itself": (model(), virtual(None), {}),
    "dangerous-lambda": (model(code), None, {}),
    "dangerous-lambda-fixed-text": (numpy.bytes_(model(code)), None, {}),
    "dangerous-lambda-among-attributes": (model(), many_attributes, {}),
    "dangerous-external-link": (model(), external_link, {}),
    "dangerous-external-data": (model(), external_data, {}),
    "dangerous-virtual": (model(), virtual("/tmp/other.h5"), {}),
    "dangerous-pickle": (model(), with_attribute(o=numpy.void(pickle.dumps(Run(), 0))), {}),
    "dangerous-pickle-bytes": (model(), with_attribute(o=numpy.frombuffer(pickle.dumps(Run(), 4), dtype="u1")), {}),
    "suspicious-custom-layer": (model({"class_name": "MyLayer", "config": {"name": "x"}}), None, {}),
    "suspicious-object-rows": (model(), with_attribute(PSEUDOATOM=b"object", CLASS=b"VLARRAY"), {}),
    "clean-text-rows": (model(), with_attribute(PSEUDOATOM="vlunicode", CLASS="VLARRAY"), {}),
    "suspicious-user-block": (model(), None, {"userblock_size": 512}),
}

for name, (config, change, options) in files.items():
    for version in ("earliest", "latest"):
        memory = io.BytesIO()
        with h5py.File(memory, "w", libver=version, **options) as file:
            file.attrs["model_config"] = config
            group = file.create_group("weights", **{key: value for key, value in options.items() if key == "track_order"})
            for index in range(3):
                layer = group.create_group(f"dense_{index}")
                layer.attrs["weight_names"] = [b"kernel:0", b"bias:0"]
                layer.create_dataset("kernel", data=numpy.zeros((4, 3), "f4"))
            if change is not None:
                change(file)
        with open(os.path.join(sys.argv[1], f"{name}-{version}.h5.gz"), "wb") as target:
            target.write(gzip.compress(memory.getvalue(), 9, mtime=0))
