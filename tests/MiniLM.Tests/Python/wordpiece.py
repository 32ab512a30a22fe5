"""An uncased BERT tokenizer written from its description, on Python's own Unicode tables.

Arguments: a vocabulary (one piece a line) and a seed. Prints texts made by the seed, each as a JSON line of text and token ids.
"""
import json
import random
import sys
import unicodedata


def is_ideograph(character):
    return any(first <= ord(character) <= last for first, last in (
        (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
        (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)))


def is_punctuation(character):
    code = ord(character)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(character).startswith("P")


def words(text):
    cleaned = ""
    for character in text:
        if character in "\t\n\r" or unicodedata.category(character).startswith("Z"):
            cleaned += " "
        elif character != "\ufffd" and not unicodedata.category(character).startswith("C"):
            cleaned += f" {character} " if is_ideograph(character) else character
    stripped = "".join(c for c in unicodedata.normalize("NFD", cleaned) if unicodedata.category(c) != "Mn")
    split = ""
    for character in (c.lower() for c in stripped):  # one by one: a sigma is a sigma wherever it stands
        split += f" {character} " if is_punctuation(character) else character
    return [word for word in split.split(" ") if word]


def pieces(word, vocabulary):
    if len(word) > 100:
        return [vocabulary["[UNK]"]]
    found, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                break
        else:
            return [vocabulary["[UNK]"]]
        found.append(vocabulary[piece])
        start = end
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        vocabulary = {piece: index for index, piece in enumerate(file.read().split("\n")) if piece}
    draw = random.Random(int(sys.argv[2]))
    plain = [piece.removeprefix("##") for piece in vocabulary if not piece.startswith("[")]
    # What this Python's Unicode does not know yet may have a meaning elsewhere.
    plain = [piece for piece in plain if all(unicodedata.category(character) != "Cn" for character in piece)]
    assigned = [chr(c) for c in range(0x30000) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
    for _ in range(400):
        parts = []
        for _ in range(draw.randint(0, 30)):
            kind = draw.random()
            if kind < 0.5:
                word = draw.choice(plain)
                parts.append(draw.choice((word, word.upper(), word.title(), unicodedata.normalize("NFD", word))))
            elif kind < 0.9:
                block = draw.choice(((0x20, 0x17F), (0x180, 0x24F), (0x300, 0x52F), (0x1E00, 0x214F), (0x3040, 0x30FF), (0xAC00, 0xD7A3)))
                parts.append("".join(c for c in map(chr, (draw.randint(*block) for _ in range(3))) if unicodedata.category(c) != "Cn"))
            else:
                parts.append(draw.choice(assigned))
            parts.append(draw.choice(("", " ", "-", "\u00a0", "\t")))
        text = "".join(parts)
        ids = [vocabulary["[CLS]"], *(i for word in words(text) for i in pieces(word, vocabulary)), vocabulary["[SEP]"]]
        print(json.dumps([text, ids]))


main()
