"""What each kind of expression means, beyond what a single value shows."""

import pytest

import feel
from feel.expression import Expression
from feel.parser import parse_type, parse_unary_tests
from feel.types import STRING, list_of

HOLDS = r"""
1 + 2 * 3 ** 2 - 4 / 2 = 17
-2 ** 2 = 4
2 ** 3 ** 2 = 64
0 ** 0 = 1
0 ** -1 = null
1 ** 1000000000 = null
10 - 3 - 2 = 5
1/3 = 0.3333333333333333333333333333333333
0.1 + 0.2 = 0.3
1 / 0 = null
9.99E6144 * 10 = null
"a" + "b" = "ab"
"a" + 1 = null
null = null
not(1 = null)
(1 = "1") = null
(1 < "1") = null
(null < 1) = null
1 != null
[1, [2]] = [1, [2]]
{a: 1, b: 2} = {b: 2, a: 1}
(true and null) = null
(false and null) = false
(true or 1) = true
(false or 1) = null
if null then false else true
if 1 = 1 then true else false
(1 + if true then 2 else 3) = 3
2 between 1 and 3
(2 between null and 3) = null
(2 between 3 and null) = false
2 in [1..3]
not(1 in (1..3))
3 in ]1..3]
not(3 in [1..3[)
2 in (1, 2)
2 in (< 1, > 1)
2 in [1, 2, 3]
2 in [[1..3], [5..9]]
2 in 2
5 in > 4
not(null in true)
{yes: true, r: not(null in yes)}.r
{yes: true, r: (1 in yes) = null}.r
{a: 5, r: null in (a = 5)}.r
not(5 in != 5)
(2 in [1..2[) = false
[1..2[.end included = false
[1, 2, 3][item in [2..3[] = [2]
[1, 2, 3][item in ]1..2]] = [2]
2 in [1..[2][1]]
(2 in [1..[1, 2][item > 1][1][) = false
"b" in ["a".."c"]
(5 in [1..null]) = null
(0 in [1..null]) = false
(5 in [null..9]) = null
(10 in [null..9]) = false
5 in [1..null)
(> 5) = (5..null)
[1, 2, 3][-1] = 3
[1, 2, 3][0] = null
[1, 2, 3][4] = null
[1, 2, 3][1.5] = null
[1, 2, 3][item > 1] = [2, 3]
[1, 2, 3]["x"] = null
5[1] = 5
null[1] = null
[{a: 1, b: 2}, {a: 2}][a = 1].b = [2]
[{item: 5}][item = 5] = [{item: 5}]
[{a: 1}, {b: 2}].a = [1, null]
{a: {b: {c: 1}}}.a.b.c = 1
{a: 1, b: a + 1}.b = 2
{"a b": 1}.a b = 1
{a-b: 5, c: a-b + 1}.c = 6
{a: 5, b: 2, c: a - b}.c = 3
(for x in [1, 2], y in [x, 10] return x * y) = [1, 10, 4, 20]
(for i in 3..1 return i) = [3, 2, 1]
(for i in [1..3) return i) = [1, 2]
(for i in 1.5..3 return i) = null
(for i in 1..2.5 return i) = null
(for i in [0.5..2.5] return i) = null
(for i in 1.0..2 return i) = [1, 2]
(for d in @"2026-01-31"..@"2026-02-01" return d.day) = [31, 1]
(for i in 0..4 return if i = 0 then 1 else i * partial[-1]) = [1, 1, 2, 6, 24]
(for i in 1..3 return {p: partial})[3].p[2].p = [{p: []}]
(for i in 1..2 return for j in 1..2 return count(partial)) = [[0, 1], [0, 1]]
(for x in null return x) = null
some x in [1, 2] satisfies x = 2
(some x in [1, null] satisfies x = 2) = false
(some x in [1, "a"] satisfies x = 2) = null
every x in [1, 2] satisfies x > 0
every x in [] satisfies false
(every x in [1, "a"] satisfies x > 0) = null
(every x in [1], y in null satisfies true) = null
(every c in [{name: "a"}], v in c.visits satisfies v.done) = null
(every x in [0, 1], y in (if x = 0 then null else [x]) satisfies y = 2) = false
(some x in [1], y in null satisfies true) = null
some x in [[1], null], y in x satisfies y = 1
(for x in [1], y in null return y) = null
(for x in [[1], null], y in x return y) = null
(for x in [[]], y in x return y) = []
some x in [1, 2], y in [2, 3] satisfies x = y
(function(a, b) a - b)(5, 3) = 2
{f: function(a: number, b: number) a - b, r: f(b: 5, a: 3)}.r = -2
{f: function(a: number) a, r: f("x")}.r = null
{f: function(a, b) if b = null then "none" else b, r: f(a: 1)}.r = "none"
{f: function(a, b) if b = null then "none" else b, r: f(1)}.r = null
{f: function(a, b) if b = null then "none" else b, r: f(c: 1)}.r = null
{f: function(a) a, r: f(1, 2)}.r = null
{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r = 2432902008176640000
{f: function() b, b: 2, r: f()}.r = null
{b: 1, r: {f: function() b, b: 2, r: f()}}.r.r = 1
{b: 1, r: {f: {g: [function() b]}, b: 2, r: f.g[1]() + b}}.r.r = 3
{f: function(n) if n = 1 then f(a) else n, a: 2, r: f(1)}.r = null
{a: 1, f: function() a, g: function(a) f(), r: g(2)}.r = 1
(function(x) function(y) x + y)(1)(2) = 3
[function(x) x + 1][1](5) = 6
{count: 3, r: count([1])}.r = 1
1 instance of number
not(1 instance of string)
not(null instance of number)
null instance of Null
not(1 instance of Null)
not([null] instance of Null)
(1 instance of NUMBER) = null
({a: 1} instance of Context) = null
([1] instance of list<Number>) = null
[1, 2] instance of list<number>
not([1, "a"] instance of list<number>)
{a: 1, b: "x"} instance of context<a: number>
not({a: 1} instance of context<a: number, b: number>)
[1..3] instance of range<number>
@"P1D" instance of days and time duration
@"P1M" instance of years and months duration
@"2026-04-07T00:00:00" instance of date and time
abs instance of function<number> -> number
-3 instance of number
([1] instance of list) = null
(1 instance of range) = null
({a: 1} instance of context) = null
(abs instance of function) = null
([[1]] instance of list<list>) = null
[[1]] instance of list<list<Any>>
(1 instance of tNope) = null
([1] instance of list<tNope>) = null
@"2026-01-31" + @"P1M" = @"2026-02-28"
@"2026-04-07" + @"PT36H" = @"2026-04-08"
@"2026-04-07T10:00:00Z" = @"2026-04-07T11:00:00+01:00"
@"2026-03-29T00:30:00@Europe/London" + @"PT1H" = @"2026-03-29T02:30:00@Europe/London"
@"2026-04-07T10:00:00" - @"2026-04-07T09:00:00" = @"PT1H"
(@"2026-04-07T10:00:00" - @"2026-04-07T09:00:00Z") = null
(@"2026-04-07T10:00:00" < @"2026-04-07T09:00:00Z") = false
@"09:00:00" < @"10:00:00+01:00"
@"2026-07-07T10:00:00" > @"2026-07-07T09:59:00@Europe/London"
not(@"10:00:00" = @"10:00:00Z")
@"10:00:00" - @"PT11H" = @"23:00:00"
@"P1D" * 1.5 = @"PT36H"
@"P1Y" / @"P1M" = 12
@"P1M" + @"P1D" = null
@"2026-04-07T10:20:30@Europe/London".timezone = "Europe/London"
@"2026-07-07T10:20:30@Europe/London".time offset = @"PT1H"
@"2026-04-07".weekday = 2
@"2026-04-07T10:20:30@Europe/Paris".timezone = "Europe/Paris"
@"10:20:30@Asia/Phnom_Penh".hour = 10
string(@"10:20:30@Europe/Paris") = "10:20:30@Europe/Paris"
@"-P1DT2H".hours = -2
@"-P1DT1.5S".seconds = -1.5
@"10:20:30.25".second = 30.25
date and time("2012-03-07Z") = @"2012-03-07T00:00:00Z"
date and time("2012-02-30Z") = null
@"P14M".years = 1
@"-9999-12-31" < @"9999-12-31"
[1..5).end included = false
(> 5).start = 5
/* note */ 1 = 1 // and more
"\u00e9\t\"" != "é"
""".strip().splitlines()


@pytest.mark.parametrize("text", HOLDS)
def test_it_holds(text):
    assert feel.evaluate(text) is True


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1 +", 3),
        ("(1", 2),
        ("1 2", 2),
        ('"open', 0),
        ("a == b", 2),
        ("if a then b", 11),
        ("for x return 1", 4),
        ("f(a: 1, 2)", 8),
        ('@"nonsense"', 0),
        ("{1: 2}", 1),
        ("", 0),
        ("a # b", 2),
        ("[1, 2,]", 7),
        ("{a: 1,}", 6),
        ("abs(1,)", 6),
        ("function(a,) 1", 11),
        ("1 instance of context<a: number,>", 32),
    ],
)
def test_a_mistake_has_a_place(text, position):
    with pytest.raises(feel.FeelError) as raised:
        feel.parse(text)

    assert raised.value.position == position


@pytest.mark.parametrize("text", ["2 in [1..2[", "2 in ]1..2[", "2 in (1..2["])
def test_a_range_may_end_the_text_with_an_open_bracket(text):
    assert feel.evaluate(text) is False
    assert feel.unary_tests(text.removeprefix("2 in "), 2) is False


def test_the_longest_known_name_wins():
    context = {"a": 10, "b": 3, "a-b": 1, "a - b": 2}

    assert feel.evaluate("[a-b, a - b, a -b]", context) == [1, 2, 7]


def test_a_name_inside_a_known_context_may_hold_symbols():
    assert feel.evaluate("case.start-date", {"case": {"start-date": "x", "start": 1}, "date": 2}) == "x"


def test_a_cell_may_name_the_types_that_somebody_defined():
    node = parse_unary_tests("not(? instance of colour)", types={"colour": STRING}.get)
    tests = Expression("not(? instance of colour)", node)

    assert (feel.unary_tests(tests, "red"), feel.unary_tests(tests, 1)) == (False, True)
    assert parse_type("list<colour>", {"colour": STRING}.get) == list_of(STRING)
