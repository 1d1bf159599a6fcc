"""Facts of an independent implementation about where numbers are: `python3 test/window/oracle/generate.py`.

Needs Debian's package python3-phonenumbers. Samples numbers of every region and type from the patterns of its metadata and writes
the time zones that it gives to each into facts.txt: a line for each set of zones, and its numbers, sorted, each as the
difference from the one before in base 36.
"""

import random
import re._parser as sre
from collections import defaultdict
from pathlib import Path

import phonenumbers
from phonenumbers import timezone
from phonenumbers.phonemetadata import PhoneMetadata

RANDOM = random.Random(20261129)
KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail")
# Countries with several clocks: there the areas decide.
SEVERAL = ("US", "CA", "RU", "KZ", "AU", "BR", "MX", "ID", "CL", "ES", "PT", "NZ", "CD", "MN", "EC", "GL", "PF", "KI", "FM", "PG", "CN")
SAMPLES = {"fixed_line": 70, "mobile": 30}


def sample(pattern):
    """A random text of the language, without what repeats for ever."""
    out = []
    for kind, value in pattern:
        name = str(kind)
        if name == "LITERAL":
            out.append(chr(value))
        elif name == "IN":
            choices = []
            for inner, arg in value:
                if str(inner) == "LITERAL":
                    choices.append(chr(arg))
                elif str(inner) == "RANGE":
                    choices.extend(chr(code) for code in range(arg[0], arg[1] + 1))
                else:
                    choices.extend("0123456789")
            out.append(RANDOM.choice(choices))
        elif name == "BRANCH":
            out.append(sample(RANDOM.choice(value[1])))
        elif name == "SUBPATTERN":
            out.append(sample(value[3]))
        elif name == "MAX_REPEAT":
            least, most, inner = value
            out.extend(sample(inner) for _ in range(RANDOM.randint(least, min(int(most), least + 9))))
        else:
            raise ValueError(name)
    return "".join(out)


def numbers_of(region):
    metadata = PhoneMetadata.metadata_for_region(region)
    for kind in KINDS:
        description = getattr(metadata, kind)
        if description is None or not description.national_number_pattern:
            continue
        pattern = sre.parse(description.national_number_pattern)
        wanted = SAMPLES.get(kind, 8) * (10 if region in SEVERAL and kind == "fixed_line" else 1)
        found = set()
        for _ in range(wanted * 3):
            if len(found) == wanted:
                break
            number = phonenumbers.parse(f"+{metadata.country_code}{sample(pattern)}")
            if phonenumbers.is_valid_number(number):
                found.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
        yield from found


def base36(value):
    digits = ""
    while value > 0:
        value, rest = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def main():
    by_zones = defaultdict(set)
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for number in numbers_of(region):
            zones = [zone for zone in timezone.time_zones_for_number(phonenumbers.parse(number)) if zone != "Etc/Unknown"]
            by_zones["&".join(sorted(zones))].add(int(number[1:]))
    lines = []
    for zones, numbers in sorted(by_zones.items()):
        before, differences = 0, []
        for number in sorted(numbers):
            differences.append(base36(number - before))
            before = number
        lines.append(f"{zones}|{','.join(differences)}")
    Path(__file__).with_name("facts.txt").write_text("\n".join(lines) + "\n")
    print(sum(len(numbers) for numbers in by_zones.values()), "numbers in", len(lines), "sets of zones")


main()
