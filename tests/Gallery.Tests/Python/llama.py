# Reads a model in the format of llama2.c and a text, and prints the text's tokens and the logits of the last of them. Rotary embeddings by complex numbers,
# attention written out, and byte-pair encoding over strings.
import json
import struct
import sys

import torch
import torch.nn.functional as F

data = open(sys.argv[1], "rb").read()
text = sys.argv[2]
dim, inner, layers, heads, _, vocabulary, length = struct.unpack("<7i", data[:28])
position = 28


def take(*shape):
    global position
    count = 1
    for size in shape:
        count *= size
    numbers = torch.frombuffer(bytearray(data[position:position + 4 * count]), dtype=torch.float32).reshape(shape)
    position += 4 * count
    return numbers


embedding = take(vocabulary, dim)
attention_norm = take(layers, dim)
wq, wk, wv, wo = (take(layers, dim, dim) for _ in range(4))
inner_norm = take(layers, dim)
w1, w2, w3 = take(layers, inner, dim), take(layers, dim, inner), take(layers, inner, dim)
final_norm = take(dim)
take(2, length, dim // heads // 2)

offset = position + 4
pieces, scores = [], []
for _ in range(vocabulary):
    score, size = struct.unpack("<fi", data[offset:offset + 8])
    pieces.append(data[offset + 8:offset + 8 + size])
    scores.append(score)
    offset += 8 + size
known = {}
for index in range(vocabulary - 1, 258, -1):
    known[pieces[index]] = index

tokens = []
for letter in " " + text:
    encoded = letter.encode()
    tokens += [known[encoded]] if encoded in known else [3 + byte for byte in encoded]
while True:
    merges = [(-scores[known[pieces[a] + pieces[b]]], i) for i, (a, b) in enumerate(zip(tokens, tokens[1:])) if pieces[a] + pieces[b] in known]
    if not merges:
        break
    _, i = min(merges)
    tokens[i:i + 2] = [known[pieces[tokens[i]] + pieces[tokens[i + 1]]]]


def normalize(x, weight):
    return x / torch.sqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * weight


def rotate(x):
    size = x.shape[-1]
    angles = torch.outer(torch.arange(x.shape[0]).double(), 10000.0 ** (-torch.arange(0, size, 2).double() / size))
    turned = torch.view_as_complex(x.double().reshape(*x.shape[:-1], -1, 2)) * torch.polar(torch.ones_like(angles), angles)[:, None, :]
    return torch.view_as_real(turned).reshape(x.shape).float()


x = embedding[torch.tensor([1] + tokens)]
for layer in range(layers):
    h = normalize(x, attention_norm[layer])
    q, k, v = ((h @ w[layer].T).reshape(len(h), heads, -1) for w in (wq, wk, wv))
    q, k = rotate(q), rotate(k)
    weights = torch.einsum("ihd,jhd->hij", q, k) / (dim // heads) ** 0.5
    weights = weights.masked_fill(torch.ones(len(h), len(h)).triu(1).bool(), float("-inf")).softmax(-1)
    x = x + torch.einsum("hij,jhd->ihd", weights, v).reshape(len(h), dim) @ wo[layer].T
    h = normalize(x, inner_norm[layer])
    x = x + (F.silu(h @ w1[layer].T) * (h @ w3[layer].T)) @ w2[layer].T
print(json.dumps({"tokens": tokens, "logits": (normalize(x, final_norm) @ embedding.T)[-1].tolist()}))
