"""The table GD-2.7a as somebody would type it from paper: an if chain, whole fen, no dates, no articles, no trace."""

from bench.findings import Found


def fine(found: Found) -> int:
    """The fine in fen. Raises ValueError for a level that the table does not have."""
    count, waste, place, volume, excess, times = found.levels
    points = 7
    if count == "2个":
        points += 2
    elif count == "3个以上":
        points += 8
    elif count != "1个":
        raise ValueError(count)
    if waste == "排放A类水污染物（除有毒有害水污染物）":
        points += 10
    elif waste == "排放有毒有害水污染物":
        points += 22
    elif waste != "排放B类水污染物":
        raise ValueError(waste)
    if place == "限批区或人居环境敏感区":
        points += 3
    elif place == "生态环境敏感区（除饮用水水源一级保护区）":
        points += 8
    elif place == "饮用水水源一级保护区":
        points += 15
    elif place != "一般区域":
        raise ValueError(place)
    if volume == "50吨以上200吨以下":
        points += 3
    elif volume == "200吨以上":
        points += 10
    elif volume != "50吨以下":
        raise ValueError(volume)
    if excess == "仅pH值超标（pH≤2或pH≥11）":
        points += 3
    elif excess == "超标3倍以下或超量30%以下":
        points += 5
    elif excess == "超标3倍以上8倍以下或超量30%以上50%以下":
        points += 8
    elif excess == "超标8倍以上20倍以下或超量50%以上80%以下":
        points += 15
    elif excess == "超标20倍以上或超量80%以上":
        points += 23
    elif excess != "仅pH值超标（2<pH<5或10<pH<11）":
        raise ValueError(excess)
    if times == "2次":
        points += 3
    elif times == "3次":
        points += 6
    elif times == "4次以上":
        points += 15
    elif times != "1次":
        raise ValueError(times)
    points = min(points, 100)
    amount = points * 1_000_000     # one per cent of 1,000,000 yuan, in fen
    return min(max(amount, found.low), found.high)
