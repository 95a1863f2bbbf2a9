"""Money as whole fen, and how it is written: figures and 大写. No float comes near it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def fen(yuan: Decimal | int | str) -> int:
    """Return an amount in yuan as whole fen. Raises ValueError for a float, a fraction of a fen, or no number at all."""
    if isinstance(yuan, float):
        raise ValueError("金额不得用浮点数")
    try:
        amount = Decimal(yuan) * 100
    except InvalidOperation as error:
        raise ValueError(f"不是金额：{yuan}") from error
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(f"金额须精确到分：{yuan}")
    return int(amount)


def yuan(amount_fen: int) -> Decimal:
    """Return whole fen as yuan with two places."""
    return Decimal(amount_fen) / 100


def figures(amount_fen: int) -> str:
    """Return fen as printed figures: 2590000 -> 25,900; 2590050 -> 25,900.50 (no trailing .00)."""
    whole, cents = divmod(abs(amount_fen), 100)
    return f"{'-' if amount_fen < 0 else ''}{whole:,}" + (f".{cents:02}" if cents else "")


def in_words(amount_fen: int) -> str:
    """Return fen in Chinese capital numerals: 2590000 -> 贰万伍仟玖佰元整; 105 -> 壹元零伍分.

    Raises ValueError below zero or from ten trillion yuan on.
    """
    if not 0 <= amount_fen < 10**15:
        raise ValueError(f"金额超出范围：{amount_fen}")
    whole, rest = divmod(amount_fen, 100)
    jiao, cents = divmod(rest, 10)
    words = f"{_integer(whole)}元" if whole or not rest else ""
    if not rest:
        return words + "整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole:
        words += "零"
    return words + (f"{_DIGITS[cents]}分" if cents else "整")


def _integer(number: int) -> str:
    """Whole yuan in capital numerals: groups of four digits, one 零 for any run of zeros inside."""
    if number == 0:
        return "零"
    out, zero = "", False
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group == 0:
            zero = bool(out)
            continue
        for power in range(3, -1, -1):
            digit = group // 10**power % 10
            if digit:
                out += ("零" if zero and out else "") + _DIGITS[digit] + _UNITS[power]
                zero = False
            else:
                zero = bool(out)
        out += _GROUPS[position]
    return out
