"""Writes the torch files of this folder with the real library: python3 make-facts-files.py FOLDER (needs torch).

Each is named after the kind its content proves. Names and nesting are those of the tools that publish such files; most
sides are small, so that the files are, and all numbers are zero.
"""
import collections
import gzip
import io
import os
import sys

import torch

folder = sys.argv[1]


def zeros(*sides, dtype=torch.float16):
    return torch.zeros(*sides, dtype=dtype)


def lora():
    layers = collections.OrderedDict()
    for block in range(4):
        layer = f"lora_unet_down_blocks_{block}_attentions_0_transformer_blocks_0_attn2_to_k"
        layers[f"{layer}.alpha"] = torch.tensor(4.0)
        layers[f"{layer}.lora_down.weight"] = zeros(8, 768)
        layers[f"{layer}.lora_up.weight"] = zeros(32, 8)
    return layers


def checkpoint():
    weights = {}
    for block in (1, 2, 4, 5):
        weights[f"model.diffusion_model.input_blocks.{block}.1.transformer_blocks.0.attn2.to_k.weight"] = zeros(4, 768)
    weights["first_stage_model.decoder.conv_in.weight"] = zeros(4, 4, 3, 3)
    weights["cond_stage_model.transformer.text_model.final_layer_norm.weight"] = zeros(768)
    moments = {0: {"step": 3, "exp_avg": zeros(4, 768), "exp_avg_sq": zeros(4, 768)}}
    return {"state_dict": weights, "optimizer_states": [{"state": moments, "param_groups": []}], "epoch": 1, "global_step": 9}


def embedding(params):
    return {
        "string_to_token": {"*": torch.tensor(265)},
        "string_to_param": params,
        "name": "cat",
        "step": 500,
        "sd_checkpoint": "4bdfc29c",
        "sd_checkpoint_name": "v1-5-pruned",
    }


def hypernetwork():
    def half():
        return collections.OrderedDict([("linear.0.weight", zeros(8, 4)), ("linear.0.bias", zeros(8)), ("linear.1.weight", zeros(4, 8))])

    return {"step": 10, "name": "h", "layer_structure": [1, 2, 1], "activation_func": "linear", "is_layer_norm": False, 768: (half(), half()), 320: (half(), half())}


def esrgan():
    layers = {f"body.{block}.rdb1.conv1.weight": zeros(4, 4, 3, 3, dtype=torch.float32) for block in range(6)}
    return {"params_ema": layers}


def ip_adapter():
    keys = {f"{2 * layer + 1}.to_k_ip.weight": zeros(8, 768) for layer in range(6)}
    return {"image_proj": {"proj.weight": zeros(8, 16), "norm.weight": zeros(8)}, "ip_adapter": keys}


parameters = torch.nn.ParameterDict({"*": torch.nn.Parameter(torch.zeros(3, 768))})
files = {
    "lora": (lora(), True),
    "lora-legacy": (lora(), False),
    "checkpoint-with-optimiser": (checkpoint(), True),
    "embedding": (embedding({"*": torch.nn.Parameter(torch.zeros(3, 768))}), True),
    "embedding-legacy": (embedding({"*": torch.zeros(3, 768)}), False),
    "embedding-parameters": (embedding(parameters), True),
    "hypernetwork": (hypernetwork(), True),
    "esrgan": (esrgan(), True),
    "ip-adapter": (ip_adapter(), True),
}
for name, (value, zip_layout) in files.items():
    content = io.BytesIO()
    torch.save(value, content, _use_new_zipfile_serialization=zip_layout)
    with open(os.path.join(folder, f"{name}.pt.gz"), "wb") as file:
        file.write(gzip.compress(content.getvalue(), 9, mtime=0))
