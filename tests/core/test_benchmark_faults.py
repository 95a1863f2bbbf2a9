"""Benchmarks from their folder: faults come back all at once with file and line; a compiled copy changes nothing."""

from datetime import date
from pathlib import Path

import pytest

from huanfa.core.discretion import Findings, check, compute, library
from huanfa.core.errors import NoRule, RuleFault

HEAD = """id = "试/1"
title = "试行裁量基准"
issuer = "试"
source = "试"
status = "complete"
from = 2024-01-01
unknown_factor = "lowest"
"""
WEIGHTS = """title = "表"
[[table]]
id = "T-1"
offence = "试"
statutory = ["20000-200000"]
method = "weight_sum"
cap = "100%"
columns = [{ name = "默认", start = "10%", max = 200000, statutory = 0 }]
factors = [{ name = "时间", levels = [["短", "0%", "-3个月"], ["长", "90%", "3-个月"]] }]
"""
TABLE = '[[table]]\nid = "T-2"\noffence = "试"\n'


def write(root: Path, *, head: str = HEAD, **files: str) -> Path:
    folder = root / "试" / "benchmarks" / "1"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmark.toml").write_text(head, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def faults(root: Path, cache: Path | None = None) -> list[str]:
    """The faults of the folder as an officer reads them: file:line: sentence."""
    library.load.cache_clear()
    with pytest.raises(RuleFault) as refusal:
        library.load("试/1", root, cache)
    return [str(fault) for fault in refusal.value.faults]


def test_a_good_folder_is_opened(tmp_path):
    write(tmp_path, a=WEIGHTS)

    benchmark = library.load("试/1", tmp_path)

    assert library.ids(tmp_path) == ["试/1"]
    assert compute(benchmark, "T-1", Findings(levels={"时间": "长"}), on=date(2024, 1, 1)).amount == 20_000_000
    assert (benchmark.tables["T-1"].file, benchmark.tables["T-1"].line) == ("试/benchmarks/1/a.toml", 2)
    assert {ref.file for ref in benchmark.refs} == {"试/benchmarks/1/a.toml", "试/benchmarks/1/benchmark.toml"}


def test_all_faults_of_all_files_come_at_once_with_file_and_line(tmp_path):
    write(
        tmp_path,
        head=HEAD.replace('"complete"', '"done"') + 'colour = "red"\n[[adjustment]]\nid = "x"\nkind = "mood"\n[[gap]]\nid = "g"\n',
        a=WEIGHTS + TABLE + 'method = "guess"\n' + TABLE + 'method = "weight_sum"\nfactors = []\n',
        b="title = \n",
    )

    found = faults(tmp_path)

    assert [one.partition(": ")[0] for one in found] == [
        "试/benchmarks/1/a.toml:13", "试/benchmarks/1/a.toml:14", "试/benchmarks/1/b.toml:1", "试/benchmarks/1/benchmark.toml:5",
        "试/benchmarks/1/benchmark.toml:8", "试/benchmarks/1/benchmark.toml:11", "试/benchmarks/1/benchmark.toml:12",
    ]
    assert "T-2：method 只能是" in found[0]
    assert "T-2：缺少 columns" in found[1]
    assert "不是合法的 TOML" in found[2]
    assert "“status”只能是complete、partial、empty" in found[3]
    assert "不认识的写法“colour”" in found[4]
    assert "调整规则的 kind 只能是" in found[5]
    assert "gap 缺少 what、why、ask" in found[6]


@pytest.mark.parametrize(
    ("head", "line", "sentence"),
    [
        (HEAD.replace("2024-01-01", '"1 January"'), 6, "from、until 须为日期"),
        (HEAD.replace("2024-01-01", "2024-01-01T00:00:00"), 6, "from、until 须为日期"),
        (HEAD + "until = 2023-12-31\n", 8, "until 早于 from"),
        (HEAD.replace("试/1", "试/2"), 1, "id 应与文件夹一致，为 试/1"),
        (HEAD.replace("lowest", "guess"), 7, "“unknown_factor”只能是lowest、refuse"),
        (HEAD + 'interval = "out"\n', 8, "“interval”只能是in_out、in_in"),
        (HEAD + 'rounding = "up"\n', 8, "“rounding”只能是、half_up_yuan"),
        (HEAD + "lookback = { months = 24 }\n", 8, "lookback 须写 months 和 from"),
        (HEAD + 'extends = "没有/1"\n', 8, "没有裁量基准 没有/1"),
        (HEAD + 'extends = "试/1"\n', 8, "试/1 绕了一圈又以自己为基础"),
        (HEAD.replace('issuer = "试"\n', ""), 1, "缺少“issuer”"),
    ],
)
def test_a_fault_of_the_head_points_at_its_line(tmp_path, head, line, sentence):
    write(tmp_path, head=head)

    assert any(one.startswith(f"试/benchmarks/1/benchmark.toml:{line}: {sentence}") for one in faults(tmp_path)), faults(tmp_path)


@pytest.mark.parametrize(
    ("adjustment", "sentence"),
    [
        ('id = "a"\nkind = "severe"\nof = "max"', "调整规则 a 缺少 at_most"),
        ('id = "a"\nkind = "severe"\nat_most = "1/5"\nof = "middle"', "调整规则 a 的 of 只能是 max、min"),
        ('id = "a"\nkind = "apology"\nlow = "三成"\nhigh = "1/2"', "调整规则 a：“三成”不是百分比（5%）或者分数（1/3）"),
        ('id = "a"\nkind = "apology"\nlow = "1/0"\nhigh = "1/2"', "调整规则 a：“1/0”不是百分比（5%）或者分数（1/3）"),
        ('id = "a"\nkind = "coefficient"\nstep = "0"', "调整规则 a 的比例须大于零"),
        ('kind = "coefficient"\nstep = "1/20"', "调整规则须有不重复的 id"),
    ],
)
def test_a_fault_of_an_adjustment_points_at_it(tmp_path, adjustment, sentence):
    write(tmp_path, head=HEAD + "[[adjustment]]\n" + adjustment + "\n")

    assert faults(tmp_path) == [f"试/benchmarks/1/benchmark.toml:8: {sentence}"]


COLUMN = 'columns = [{ name = "默认", start = "10%", max = 200000 }]\n'
FACTOR = 'factors = [{ name = "时间", levels = [["短", "0%"]] }]\n'
ROWS = 'method = "condition_rows_to_range"\ndims = ["情形"]\ntargets = [{ name = "罚款" }]\n'
STEP = 'class = "一般", extra = 1, of = "超标倍数", size = "1", add = 1, rounding = "ceil"'


def grade(steps: str) -> str:
    return (
        'method = "grade_to_range"\ngrades = [{ grade = 1, any_of = ["甲"], fine = "1-2", steps = '
        f"{{ base = 1, low = 1, high = 2, increments = [{{ {steps} }}] }} }}]\n"
    )


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ('method = "weight_sum"\ncolour = 1\n', "不认识的写法colour"),
        ('method = "weight_sum"\n' + COLUMN + FACTOR.replace("0%", "零"), "“零”不是百分比（5%）或者分数（1/3）"),
        ('method = "weight_sum"\n' + COLUMN + FACTOR.replace('"0%"', '"0%", "三个月"'), "档次范围“三个月”不合写法"),
        ('method = "weight_sum"\n' + COLUMN + FACTOR.replace('"0%"', '"0%", "1/0-3个月"'), "分母不能为零"),
        ('method = "weight_sum"\n' + COLUMN + FACTOR.replace('"0%"', '"0%"], ["短", "5%"'), "要素“时间”有重名的档次"),
        ('method = "weight_sum"\n' + COLUMN + FACTOR.replace("[{", '[{ name = "时间", levels = [] }, {'), "要素重名"),
        ('method = "weight_sum"\n' + COLUMN.replace("max", "most") + FACTOR, "栏“默认”须写 max、rate、times 之一"),
        ('method = "weight_sum"\n' + COLUMN.replace("max = 200000", 'rate = "5%"') + FACTOR, "按比例或者倍数计罚，须写 of"),
        ('method = "weight_sum"\n' + COLUMN.replace("200000", "200000.5") + FACTOR, "max 应为整数元"),
        ('method = "weight_sum"\n' + COLUMN.replace("200000", "0") + FACTOR, "max 应为整数元"),
        ('method = "weight_sum"\n' + COLUMN.replace("}]", ", statutory = 3 }]") + FACTOR, "栏的 statutory 应为所印法定幅度的序号"),
        (ROWS + 'rows = [["甲", "1-2"], ["甲", "3-4"]]\n', "第1行与另一行的条件相同：甲"),
        (ROWS + 'rows = [["甲", "乙", "1-2"]]\n', "第1行应有1个条件和1个数额，实有3格"),
        (ROWS + 'rows = [["甲", "5-2"]]\n', "数额“5-2”的下限高于上限"),
        (ROWS + 'rows = [["甲", "一万元"]]\n', "数额“一万元”不合写法"),
        (ROWS + 'rows = [["甲", "1.005"]]\n', "数额“1.005”须精确到分"),
        (ROWS + 'rows = [["甲", "1-3倍"]]\n', "第1行按倍数或者百分比计罚，须写 of"),
        ('method = "grade_to_range"\ngrades = [{ grade = 1, any_of = ["甲"], fine = "1-2%" }]\n', "按倍数或者百分比计罚，须写 of"),
        (grade(STEP.replace('"1"', '"0"')), "阶梯“一般”的 size 须大于零"),
        (grade(STEP.replace('"ceil"', '"down"')), "rounding 只能是ceil、half_up"),
        (grade(STEP.replace("add = 1", "add = 1.5")), "add 应为整数元"),
        (grade(STEP).replace("base = 1, ", ""), "缺少 base"),
        (grade(STEP).replace("extra = 1, ", ""), "缺少 extra"),
        ('method = "scaled_percent_sum"\nfactors = []\nsummary_ceiling = { unit = 0.5 }\n', "unit 应为整数元"),
        ('method = "level_matrix"\ncombiner = "guess"\nfactors = []\n', "combiner 只能是two_dimensional_function"),
        ('method = "scaled_percent_sum"\nstart_rule = "x"\nfactors = []\n', "start_rule 只能是 min_over_max"),
    ],
)
def test_a_fault_of_a_table_names_the_table_and_points_at_it(tmp_path, table, sentence):
    write(tmp_path, a=WEIGHTS + TABLE + table)

    found = faults(tmp_path)

    assert len(found) == 1
    assert found[0].startswith("试/benchmarks/1/a.toml:1")
    assert "T-2：" in found[0] and sentence in found[0]


def test_a_table_that_stands_twice_is_a_fault(tmp_path):
    write(tmp_path, a=WEIGHTS, b=WEIGHTS)

    assert faults(tmp_path) == ["试/benchmarks/1/b.toml:2: 裁量表 T-1 重复"]


def test_benchmarks_that_build_on_each_other_are_a_fault(tmp_path):
    write(tmp_path, head=HEAD + 'extends = "县/1"\n')
    county = tmp_path / "县" / "benchmarks" / "1"
    county.mkdir(parents=True)
    (county / "benchmark.toml").write_text(HEAD.replace("试/1", "县/1") + 'extends = "试/1"\n', encoding="utf-8")

    assert faults(tmp_path) == ["县/benchmarks/1/benchmark.toml:8: 试/1 绕了一圈又以自己为基础"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"90%"', '"50%"'), "T-1：各要素取最高档也只有60%，达不到100%"),
        (('"3-个月"', '"4-个月"'), "T-1：要素“时间”的“短”与“长”之间有空档"),
        (('"3-个月"', '"2-个月"'), "T-1：要素“时间”的“短”与“长”之间重叠"),
        (("max = 200000", "max = 300000"), "T-1：最高300,000元超出所印法定幅度20,000元以上200,000元以下"),
    ],
)
def test_what_is_wrong_inside_a_table_is_told_with_its_line(tmp_path, change, sentence):
    write(tmp_path, a=WEIGHTS.replace(*change))
    library.load.cache_clear()

    found = check.faults_of(library.load("试/1", tmp_path))

    assert [str(fault) for fault in found] == [f"试/benchmarks/1/a.toml:2: {sentence}"]


# ── the compiled copy ──


@pytest.mark.parametrize("benchmark_id", ["guangdong/2022", "jiangmen/2020", "dongguan/2022", "hunan/2021"])
def test_the_compiled_copy_gives_the_same_benchmark(tmp_path, benchmark_id):
    plain, _ = library.examine(benchmark_id)

    first, _ = library.examine(benchmark_id, cache=tmp_path)
    second, _ = library.examine(benchmark_id, cache=tmp_path)

    assert list(tmp_path.glob("*.json"))
    assert plain == first == second


def test_a_changed_file_never_meets_an_old_copy(tmp_path):
    folder, cache = write(tmp_path / "rules", a=WEIGHTS), tmp_path / "cache"
    before, _ = library.examine("试/1", tmp_path / "rules", cache)

    (folder / "a.toml").write_text(WEIGHTS.replace("max = 200000", "max = 100000"), encoding="utf-8")
    after, _ = library.examine("试/1", tmp_path / "rules", cache)

    assert before is not None and after is not None
    assert before.tables["T-1"].columns[0].maximum == 20_000_000
    assert after.tables["T-1"].columns[0].maximum == 10_000_000


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe\x00", b'{"a": {"$date": "yesterday"}}'])
def test_a_broken_copy_is_harmless(tmp_path, broken):
    write(tmp_path / "rules", a=WEIGHTS)
    plain, _ = library.examine("试/1", tmp_path / "rules")
    library.examine("试/1", tmp_path / "rules", tmp_path / "cache")
    for copy in (tmp_path / "cache").glob("*.json"):
        copy.write_bytes(broken)

    benchmark, found = library.examine("试/1", tmp_path / "rules", tmp_path / "cache")

    assert found == []
    assert benchmark == plain


def test_a_cache_that_cannot_be_written_is_harmless(tmp_path):
    write(tmp_path / "rules", a=WEIGHTS)
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")

    benchmark, found = library.examine("试/1", tmp_path / "rules", tmp_path / "cache")

    assert found == [] and benchmark is not None


def test_a_fault_has_its_line_from_a_compiled_copy_too(tmp_path):
    write(tmp_path / "rules", a=WEIGHTS + TABLE + 'method = "guess"\n')

    first = faults(tmp_path / "rules", tmp_path / "cache")

    assert first == faults(tmp_path / "rules", tmp_path / "cache")
    assert first[0].startswith("试/benchmarks/1/a.toml:13: ")


def test_a_folder_outside_the_rules_is_not_opened(tmp_path):
    write(tmp_path / "rules")
    write(tmp_path / "elsewhere")

    with pytest.raises(NoRule):
        library.load("../elsewhere/试/1", tmp_path / "rules")
