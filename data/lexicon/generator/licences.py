"""LICENSES.txt: the notices of the packages, as the packages print them."""
from packages import PACKAGES, fail, load

HEAD = """The notices of the packages that the generated tables were made from, as the packages print them.
SOURCES.md says what was taken from each. GeoNames data: Creative Commons Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/
"""
RULE = "=" * 100
# The file of each package that holds its notice.
NOTICES = {
    "names": r"^package/LICENSE$", "zones": r"^package/LICENSE$", "aliases": r"^package/LICENSE$", "coder": r"^package/LICENSE\.md$",
    "brands": r"^package/LICENSE\.md$", "cities": r"dist-info/.*LICENSE", "territories": r"dist-info/.*LICENSE",
    "subdivisions": r"^package/3rdparty/cldr/LICENSE$", "crosswalk": r"dist-info/.*LICENSE", "listed": r"dist-info/.*LICENSE", "words": r"^package/LICENSE$",
    "vn_units": r"dist-info/.*LICENSE", "universities": r"^package/LICENSE", "publishers": r"dist-info/.*LICENSE",
    "first_last": r"dist-info/.*LICENSE", "first_last_js": r"^package/MIT-LICENSE\.txt$", "romanised": r"dist-info/.*LICENSE",
}
# Packages without a notice of their own, and what holds for them.
WITHOUT = {"tagged": "only its data is used, which is GeoNames'", "factbook": "the World Factbook is in the public domain; the package is under the MIT licence and has no notice",
           "id_units": "the package says MIT and has no notice"}


def text(cache):
    packages = {}
    for key in PACKAGES:
        if key in WITHOUT:
            continue
        found = load(cache, key, NOTICES[key])
        if len(found) != 1:
            fail(f"{key}: {sorted(found)} for its notice")
        notice = found.popitem()[1].decode().replace("\r\n", "\n").strip("\n")
        packages.setdefault("\n".join(line.rstrip() for line in notice.split("\n")), []).append(label(key))
    return HEAD + "".join(f"\n{RULE}\n{', '.join(labels)}\n{RULE}\n\n{notice}\n" for notice, labels in packages.items())


def label(key):
    argument = PACKAGES[key][1]
    name, version = argument.replace("==", "=").replace("=", "@").rsplit("@", 1)
    return f"{name} {version}"
