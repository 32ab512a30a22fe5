"""Reads an event file with nothing but Python's standard library, and prints what it holds as JSON: an independent account of the format."""
import json
import struct
import sys
import zlib

TABLE = []
for index in range(256):
    crc = index
    for _ in range(8):
        crc = (crc >> 1) ^ 0x82F63B78 if crc & 1 else crc >> 1
    TABLE.append(crc)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def masked(data):
    crc = crc32c(data)
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def records(data):
    position = 0
    while position < len(data):
        head = data[position : position + 8]
        (length,) = struct.unpack("<Q", head)
        (check,) = struct.unpack_from("<I", data, position + 8)
        body = data[position + 12 : position + 12 + length]
        (body_check,) = struct.unpack_from("<I", data, position + 12 + length)
        assert check == masked(head) and body_check == masked(body) and len(body) == length
        yield body
        position += 16 + length


def varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        value |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte < 0x80:
            return value, position


def fields(data):
    """Field numbers with their values, as the wire has them."""
    found, position = {}, 0
    while position < len(data):
        key, position = varint(data, position)
        kind = key & 7
        if kind == 0:
            value, position = varint(data, position)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
            value, position = data[position : position + size], position + size
        elif kind == 2:
            size, position = varint(data, position)
            value, position = data[position : position + size], position + size
            assert len(value) == size
        else:
            raise ValueError(kind)
        found.setdefault(key >> 3, []).append(value)
    return found


def double(data):
    return struct.unpack("<d", data)[0]


def doubles(data):
    return list(struct.unpack(f"<{len(data) // 8}d", data))


def png(data):
    """Width, height and the pixels of a PNG without filters, in red, green and blue."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    position, packed, size = 8, b"", None
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind, body = data[position + 4 : position + 8], data[position + 8 : position + 8 + length]
        (check,) = struct.unpack_from(">I", data, position + 8 + length)
        assert check == zlib.crc32(kind + body)
        if kind == b"IHDR":
            size = struct.unpack(">IIBBBBB", body)
            assert size[2:] == (8, 2, 0, 0, 0)
        packed += body if kind == b"IDAT" else b""
        position += 12 + length
    width, height = size[:2]
    raw = zlib.decompress(packed)
    rows = [raw[row * (3 * width + 1) + 1 : (row + 1) * (3 * width + 1)] for row in range(height)]
    assert len(raw) == height * (3 * width + 1) and all(raw[row * (3 * width + 1)] == 0 for row in range(height))
    return width, height, [list(row) for row in rows]


def read(value):
    tag = value[1][0].decode()
    if 2 in value:
        return {"tag": tag, "scalar": struct.unpack("<f", value[2][0])[0]}
    if 5 in value:
        histogram = fields(value[5][0])
        numbers = {name: double(histogram[number][0]) if number in histogram else 0.0 for number, name in enumerate(["min", "max", "num", "sum", "squares"], 1)}
        return {"tag": tag, "histogram": {**numbers, "limits": doubles(histogram[6][0]), "counts": doubles(histogram[7][0])}}
    if 4 in value:
        image = fields(value[4][0])
        width, height, rows = png(image[4][0])
        assert (image[1][0], image[2][0]) == (height, width)
        return {"tag": tag, "image": rows, "plugin": fields(fields(value[9][0])[1][0])[1][0].decode()}
    tensor = fields(value[8][0])
    assert tensor[1] == [7]
    return {"tag": tag, "text": tensor[8][0].decode(), "plugin": fields(fields(value[9][0])[1][0])[1][0].decode()}


events = []
with open(sys.argv[1], "rb") as file:
    for record in records(file.read()):
        event = fields(record)
        common = {"time": double(event[1][0]), "step": event.get(2, [0])[0]}
        if 3 in event:
            events.append({**common, "version": event[3][0].decode()})
        else:
            events.append({**common, "values": [read(fields(value)) for value in fields(event[5][0]).get(1, [])]})
json.dump(events, sys.stdout)
