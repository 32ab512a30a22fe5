"""A BERT encoder's forward pass written out from its description, in plain PyTorch on a dictionary of weights.

Arguments: a safetensors file under Hugging Face's names, the number of heads, and a JSON file of {"ids": [[..]], "mask": [[..]]}
where the mask has 1 for a token. Prints the mean of the last hidden states over the tokens, as JSON.
"""
import json
import math
import struct
import sys

import torch


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__":
            assert entry["dtype"] == "F32"
            first, last = entry["data_offsets"]
            values = struct.unpack(f"<{(last - first) // 4}f", data[first:last])
            weights[name] = torch.tensor(values, dtype=torch.float64).view(entry["shape"])
    return weights


def layer_norm(x, weights, name):
    centred = x - x.mean(-1, keepdim=True)
    variance = (centred ** 2).mean(-1, keepdim=True)
    return centred / torch.sqrt(variance + 1e-12) * weights[name + ".weight"] + weights[name + ".bias"]


def linear(x, weights, name):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def attention(x, mask, heads, weights, name):
    width = x.shape[-1] // heads
    outputs = []
    for head in range(heads):
        part = slice(head * width, (head + 1) * width)
        query, key, value = (linear(x, weights, f"{name}.self.{kind}")[..., part] for kind in ("query", "key", "value"))
        scores = query @ key.transpose(-1, -2) / math.sqrt(width)
        scores = scores.masked_fill(mask[:, None, :] == 0, -math.inf)
        outputs.append(torch.softmax(scores, -1) @ value)
    return linear(torch.cat(outputs, -1), weights, f"{name}.output.dense")


def main():
    weights, heads = load(sys.argv[1]), int(sys.argv[2])
    with open(sys.argv[3], encoding="utf-8") as file:
        example = json.load(file)
    ids, mask = torch.tensor(example["ids"]), torch.tensor(example["mask"], dtype=torch.float64)
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]] + weights["embeddings.token_type_embeddings.weight"][0]
    x = layer_norm(x, weights, "embeddings.LayerNorm")
    layer = 0
    while f"encoder.layer.{layer}.output.dense.weight" in weights:
        name = f"encoder.layer.{layer}"
        x = layer_norm(x + attention(x, mask, heads, weights, f"{name}.attention"), weights, f"{name}.attention.output.LayerNorm")
        inner = linear(x, weights, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + torch.erf(inner / math.sqrt(2)))
        x = layer_norm(x + linear(inner, weights, f"{name}.output.dense"), weights, f"{name}.output.LayerNorm")
        layer += 1
    mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    print(json.dumps(mean.tolist()))


main()
