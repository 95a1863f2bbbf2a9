"""Credit codes (GB 32100) and identity numbers (GB 11643): read, check, mask."""

from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError

CITIZEN = "citizen"
_CREDIT, _IDENTITY = "统一社会信用代码", "公民身份号码"


def clean(code: str) -> str:
    """The code as it is kept: no blanks or dashes, capitals."""
    return uscc.compact(code)


def fault(kind: str, code: str) -> str:
    """What is wrong with a code of that kind of party, as a sentence; "" if it holds together."""
    mine, other = (_IDENTITY, _CREDIT) if kind == CITIZEN else (_CREDIT, _IDENTITY)
    sentence = _fault(mine, code)
    return f"这是{other}，请核对类型是否选对" if sentence and not _fault(other, code) else sentence


def is_identity(code: object) -> bool:
    """Whether a text is an identity number of a person."""
    return isinstance(code, str) and not _fault(_IDENTITY, code)


def mask(code: str) -> str:
    """An identity number as people see it who do not handle the matter: first three and last four."""
    return f"{code[:3]}{'*' * (len(code) - 7)}{code[-4:]}" if len(code) > 7 else "*" * len(code)


def _fault(name: str, code: str) -> str:
    try:
        if name == _IDENTITY:
            _check_identity(code)
        else:
            uscc.validate(code)
    except InvalidLength:
        return f"{name}应为18位，现为{len(clean(code))}位"
    except InvalidChecksum:
        return f"{name}的校验码不符，请核对是否录错一位或者颠倒了两位"
    except InvalidComponent:
        return f"{name}第7至14位不是有效的出生日期"
    except InvalidFormat:
        letters = "" if name == _IDENTITY else "（字母不用I、O、S、V、Z）"
        return f"{name}中有不该出现的字符{letters}"
    except ValidationError:
        return f"{name}不正确"
    return ""


def _check_identity(code: str) -> None:
    """Length, digits, check digit and birthday. Not the district: the list at hand lags behind new districts."""
    number = ric.compact(code)
    if len(number) != 18:
        raise InvalidLength
    if not number[:-1].isascii() or not number[:-1].isdigit():
        raise InvalidFormat
    if ric.calc_check_digit(number) != number[-1]:
        raise InvalidChecksum
    ric.get_birth_date(number)
