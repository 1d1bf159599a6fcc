"""What an independent implementation reads in numbers as people write them: `python3 test/calling/oracle/generate.py`.

Needs Debian's package python3-phonenumbers. Takes valid numbers of every region, writes each in several ways, parses it with
the region as default, and writes what it read into facts.txt. A line: the region, and for each of its facts a text, `=` and the
number in E.164, with `-` for a text that is no valid number to it. Facts are separated by tabs.
"""

import random
from pathlib import Path

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

RANDOM = random.Random(20261129)
TYPES = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)
# Digits after the fixed ones of an example are replaced, so that more than the example itself is tried.
VARIED = 4


def examples(region):
    """Valid numbers of the region: of each type one that is not the example itself, where one is soon found."""
    for kind in TYPES:
        example = phonenumbers.example_number_for_type(region, kind)
        if example is None:
            continue
        digits = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        for _ in range(20):
            other = phonenumbers.parse(digits[:-VARIED] + "".join(RANDOM.choice("0123456789") for _ in range(VARIED)))
            if phonenumbers.is_valid_number_for_region(other, region) and other != example:
                example = other
                break
        yield example


def ways(number, region):
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    code = str(number.country_code)
    national = e164[1 + len(code) :]
    trunk = phonenumbers.ndd_prefix_for_region(region, True) or ""
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    yield e164
    yield f"+{code}{trunk or '0'}{national}"
    yield f"+{code} ({trunk or '0'}) {national}"
    yield phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    yield written
    yield "".join(character for character in written if character.isdigit())
    yield written.replace(" ", ".").replace("-", ".")
    yield national
    yield e164[1:]
    yield f"00{e164[1:]}"


def read(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return "-"
    valid = phonenumbers.is_valid_number(number) and not number.extension
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) if valid else "-"


def main():
    lines, count = [], 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        texts = dict.fromkeys(text for number in examples(region) for text in ways(number, region))
        lines.append("\t".join([region, *(f"{text}={read(text, region)}" for text in texts)]))
        count += len(texts)
    Path(__file__).with_name("facts.txt").write_text("\n".join(lines) + "\n")
    print(count, "facts of", len(lines), "regions")


main()
