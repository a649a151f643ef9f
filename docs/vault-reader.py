#!/usr/bin/env python3
"""Reads a Kura vault repository without Kura, written from docs/en/vault-format.md alone (the numbers are its sections).

    vault-reader.py REPOSITORY snapshots
    vault-reader.py REPOSITORY list SNAPSHOT
    vault-reader.py REPOSITORY restore SNAPSHOT TARGET

SNAPSHOT is `latest` or the beginning of an id; TARGET must not exist. KURA_VAULT_PASSPHRASE_FILE names the file with the
passphrase. Needs Python 3.9 and, where used, the packages cryptography (encryption) and zstandard (compression).
"""
import base64
import hashlib
import hmac
import json
import os
import struct
import sys
import unicodedata
import zlib

CHUNK, DIRECTORY, SNAPSHOT = 1, 2, 3
SEGMENT = 1 << 20


class Broken(Exception):
    """Something is not as the format says."""


def need(true, what):
    if not true:
        raise Broken(what)


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def hkdf(key, salt, info):
    """HKDF-SHA-256 (RFC 5869), 32 bytes."""
    return hmac.new(hmac.new(salt, key, "sha256").digest(), info + b"\x01", "sha256").digest()


def decrypt_gcm(key, nonce, sealed, associated=None):
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, sealed, associated)
    except InvalidTag:
        raise Broken("wrong key or damaged data") from None


def spelled(passphrase):
    """The bytes of a passphrase; a recovery code counts however it was typed."""
    plain = "".join(passphrase.split()).replace("-", "").lower()
    if plain.startswith("kuravault1"):
        passphrase = "kuravault1-" + plain[10:74]
    return unicodedata.normalize("NFC", passphrase).encode()


def unzstd(frame, length):
    import zstandard

    return zstandard.ZstdDecompressor().decompress(frame, max_output_size=max(1, length))


class Vault:
    def __init__(self, root, passphrase):
        self.root = root
        self.content_keys = []
        try:
            self.unlock(read(root, "config"), passphrase)
        except (OSError, ValueError, Broken):
            self.unlock(read(root, "config.copy"), passphrase)
        self.packed = {}
        for pack in self.ids_in("packs"):
            self.read_directory(pack)

    def unlock(self, stored, passphrase):
        """Section 2."""
        at = stored.rindex(b',\n  "checksum": "')
        config = json.loads(stored)
        need(hashlib.sha256(stored[:at]).hexdigest() == config["checksum"], "checksum of config")
        need(config["format"] == "kura-vault" and config["version"] == 1, "unknown version")
        self.id = bytes.fromhex(config["id"].replace("-", ""))
        if config["encryption"] == "none":
            return
        need(config["encryption"] == "aes256-gcm-hkdf-1mb", "unknown encryption")
        need(passphrase is not None, "the repository is encrypted: a passphrase is needed")
        master = self.master_key(config, passphrase)
        before_mac = stored[: stored.rindex(b',\n  "mac": "')]
        mac = hmac.new(self.purpose_key(master, "config"), before_mac, "sha256").hexdigest()
        need(hmac.compare_digest(mac, config["mac"]), "MAC of config")
        former = [
            decrypt_gcm(
                self.purpose_key(master, "former"), bytes.fromhex(each["nonce"]), bytes.fromhex(each["wrapped"]),
                b"kura-vault/1/former" + self.id + bytes([number]),
            )
            for number, each in enumerate(config.get("formerMasters", ()))
        ]
        self.content_keys = [self.purpose_key(each, "content") for each in [*former, master]]

    def master_key(self, config, passphrase):
        for slot in config["keySlots"]:
            cost = {"n": slot["n"], "r": slot["r"], "p": slot["p"], "maxmem": 256 * slot["n"] * slot["r"] + (1 << 20)}
            key = hashlib.scrypt(spelled(passphrase), salt=bytes.fromhex(slot["salt"]), dklen=32, **cost)
            sealed, associated = bytes.fromhex(slot["wrapped"]), b"kura-vault/1/slot" + self.id
            try:
                master = decrypt_gcm(key, bytes.fromhex(slot["nonce"]), sealed, associated)
            except Broken:
                continue
            if self.purpose_key(master, "commitment").hex() == config["masterCommitment"]:
                return master
        raise Broken("the passphrase opens no key slot")

    def purpose_key(self, master, purpose):
        return hkdf(master, self.id, b"kura-vault/1/" + purpose.encode())

    def open_blob(self, kind, blob_id, stored):
        """Section 3."""
        magic, version, stored_kind, key, compression, length, payload_length = struct.unpack("<4sBBBBII", stored[:16])
        envelope, payload = stored[:16], stored[16:]
        need(magic == b"KVLT" and version == 1 and stored_kind == kind, f"envelope of {blob_id}")
        need(len(payload) == payload_length, f"length of {blob_id}")
        need((key > 0) == bool(self.content_keys) and key <= len(self.content_keys), f"encryption of {blob_id}")
        if key > 0:
            body = self.decrypt(self.content_keys[key - 1], envelope, blob_id, payload)
        else:
            body = payload[:-4]
            need(struct.pack("<I", zlib.crc32(envelope + body)) == payload[-4:], f"CRC-32 of {blob_id}")
        plain = decompress(compression, body, length)
        need(len(plain) == length, f"plaintext length of {blob_id}")
        return plain

    def decrypt(self, content_key, envelope, blob_id, payload):
        """Section 4."""
        associated = b"kura-vault\0" + self.id + envelope + bytes.fromhex(blob_id)
        need(payload[0] == 40, f"header of {blob_id}")
        key, prefix = hkdf(content_key, payload[1:33], associated), payload[33:40]
        plain = b""
        for number, start in enumerate(range(0, len(payload), SEGMENT)):
            end = min(len(payload), start + SEGMENT)
            nonce = prefix + struct.pack(">IB", number, 1 if end == len(payload) else 0)
            plain += decrypt_gcm(key, nonce, payload[start if number else 40 : end])
        return plain

    def read_directory(self, pack):
        """Section 5."""
        path = os.path.join(self.root, "packs", pack[:2], pack)
        with open(path, "rb") as file:
            file.seek(-8, os.SEEK_END)
            length, magic = struct.unpack("<I4s", file.read(8))
            need(magic == b"KVPK", f"end of pack {pack}")
            file.seek(-8 - length, os.SEEK_END)
            directory = self.open_blob(DIRECTORY, pack, file.read(length))
        offset = 0
        for at in range(0, len(directory), 36):
            (length,) = struct.unpack("<I", directory[at + 32 : at + 36])
            self.packed[directory[at : at + 32].hex()] = (path, offset, length)
            offset += length

    def stored_blob(self, blob_id):
        if blob_id not in self.packed:
            return read(self.root, "objects", blob_id[:2], blob_id)
        path, offset, length = self.packed[blob_id]
        with open(path, "rb") as file:
            file.seek(offset)
            return file.read(length)

    def content(self, content):
        """Section 6: the chunks in order; the whole is checked before the last one is done."""
        digest, size = hashlib.sha256(), 0
        for blob_id, _ in content["chunks"]:
            chunk = self.open_blob(CHUNK, blob_id, self.stored_blob(blob_id))
            digest.update(chunk)
            size += len(chunk)
            yield chunk
        need(size == content["size"] and digest.hexdigest() == content["sha256"], "SHA-256 of a file")

    def ids_in(self, folder):
        for _, _, names in os.walk(os.path.join(self.root, folder)):
            yield from (name for name in names if len(name) == 64)

    def snapshots(self):
        """Section 7, oldest first."""
        found = []
        for blob_id in self.ids_in("snapshots"):
            manifest = json.loads(self.open_blob(SNAPSHOT, blob_id, read(self.root, "snapshots", blob_id)))
            need(manifest["format"] == "kura-snapshot" and manifest["version"] == 1, f"snapshot {blob_id}")
            found.append({**manifest, "id": blob_id})
        return sorted(found, key=lambda snapshot: (snapshot["startedAt"], snapshot["id"]))

    def snapshot(self, reference):
        found = [each for each in self.snapshots() if reference in ("latest", each["id"][: len(reference)])]
        need(found and (reference == "latest" or len(found) == 1), f"no single snapshot {reference}")
        return found[-1]

    def entries(self, snapshot):
        rest = b""
        for chunk in self.content(snapshot["list"]):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from map(json.loads, lines)


def decompress(compression, body, length):
    """Section 3, byte 7."""
    if compression < 2:
        return unzstd(body, length) if compression else body
    need(compression in (2, 4), "unknown compression")
    width, numbers = compression, length // compression
    rest, last = body[: length - numbers], unzstd(body[length - numbers :], numbers)
    need(len(last) == numbers, "split numbers")
    plain = bytearray(length)
    whole = numbers * width
    plain[width - 1 : whole : width] = last
    for place in range(width - 1):
        plain[place:whole:width] = rest[place : numbers * (width - 1) : width - 1]
    plain[whole:] = rest[numbers * (width - 1) :]
    return bytes(plain)


def raw(entry, name):
    """A member that is text, or Base64 where it is not UTF-8."""
    return entry[name].encode() if name in entry else base64.b64decode(entry[name + "Base64"])


def safe(path):
    need(all(name not in (b"", b".", b"..") for name in path.split(b"/")), f"unsafe path {path!r}")
    return path


def restore(vault, snapshot, target):
    target = os.fsencode(target)
    os.mkdir(target)
    later = []
    for entry in vault.entries(snapshot):
        path = os.path.join(target, safe(raw(entry, "path")))
        if entry["type"] == "directory":
            os.mkdir(path, 0o700)
        elif entry["type"] == "file":
            write_file(vault, entry, path)
            set_metadata(path, entry)
        if entry["type"] != "file":
            later.append((path, entry))
    # Links last, so that nothing is written through them; folders after their contents, which change their times.
    for path, entry in reversed(later):
        if entry["type"] == "hardlink":
            os.link(os.path.join(target, safe(raw(entry, "target"))), path)
            continue
        if entry["type"] == "symlink":
            os.symlink(raw(entry, "target"), path)
        set_metadata(path, entry)


def write_file(vault, entry, path):
    with open(path, "xb") as file:
        for chunk in vault.content(entry):
            if entry.get("sparse") and not any(chunk):
                file.seek(len(chunk), os.SEEK_CUR)
            else:
                file.write(chunk)
        file.truncate(entry["size"])


def set_metadata(path, entry):
    if os.geteuid() == 0:
        os.chown(path, entry["uid"], entry["gid"], follow_symlinks=False)
    if entry["type"] != "symlink":
        os.chmod(path, entry["mode"])
    for attribute in entry.get("attributes", ()):
        try:
            os.setxattr(path, raw(attribute, "name"), base64.b64decode(attribute["value"]), follow_symlinks=False)
        except OSError as error:
            print(f"{os.fsdecode(path)}: {error}", file=sys.stderr)
    time = int(entry["mtimeNs"])
    os.utime(path, ns=(time, time), follow_symlinks=False)


def main(arguments):
    if len(arguments) < 2 or {"snapshots": 2, "list": 3, "restore": 4}.get(arguments[1]) != len(arguments):
        sys.exit(__doc__)
    secret = os.environ.get("KURA_VAULT_PASSPHRASE_FILE")
    vault = Vault(arguments[0], secret and read(secret).decode().rstrip("\r\n"))
    if arguments[1] == "snapshots":
        for each in vault.snapshots():
            print(each["id"], each["startedAt"], each["host"], each["source"], each["result"])
    elif arguments[1] == "list":
        for entry in vault.entries(vault.snapshot(arguments[2])):
            print(entry["type"], entry.get("size", "-"), raw(entry, "path").decode(errors="backslashreplace"))
    else:
        restore(vault, vault.snapshot(arguments[2]), arguments[3])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Broken, OSError) as error:
        sys.exit(f"vault-reader: {error}")
