"""Pairs of HTML outputs, tables first, with the verdict of an experienced reader."""

from __future__ import annotations

from typing import Any

from .cases import Case, result, shown
from .picture_pairs import LINE, MOVED, picture


def table(header: list[str], *rows: list[Any], footer: str = "") -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join(
        "<tr><th>"
        + "</th>".join(str(row[0]).split("\0"))
        + "</th>"
        + "".join(f"<td>{cell}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return f'<div><table border="1" class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{footer}</div>'


ROWS = [[0, "ann", 31, 0.91], [1, "bob", 45, 0.85]]
HEAD = ["", "name", "age", "score"]

TABLES = [
    Case(
        "cell_changed",
        "changed",
        shown(html=table(HEAD, *ROWS)),
        shown(html=table(HEAD, ROWS[0], [1, "bob", 46, 0.85])),
    ),
    Case(
        "bar_of_another_width",
        "changed",
        shown(html='<div class="bar" id="b-91f2" style="width: 62%"></div>'),
        shown(html='<div class="bar" id="b-07aa" style="width: 26%"></div>'),
    ),
    Case(
        "box_of_another_width",
        "same",
        shown(html='<div style="width: 100%">score 3</div>'),
        shown(html='<div style="width: 960px">score 3</div>'),
    ),
    Case("row_missing", "changed", shown(html=table(HEAD, *ROWS)), shown(html=table(HEAD, ROWS[0]))),
    Case("rows_swapped", "changed", shown(html=table(HEAD, *ROWS)), shown(html=table(HEAD, *reversed(ROWS)))),
    Case(
        "column_missing",
        "changed",
        shown(html=table(HEAD, *ROWS)),
        shown(html=table(HEAD[:3], *[row[:3] for row in ROWS])),
    ),
    Case(
        "table_noise",
        "cosmetic",
        shown(html=table(["", "r"], [0, 0.123456], [1, 1.0])),
        shown(html=table(["", "r"], [0, 0.123457], [1, 1.0])),
    ),
    Case(
        "correlation_residue",
        "cosmetic",
        shown(html=table(["", "a"], ["a", "1.000000e+00"], ["b", "2.2e-17"])),
        shown(html=table(["", "a"], ["a", "1.000000e+00"], ["b", "-1.1e-17"])),
    ),
    Case(
        "p_value_column",
        "changed",
        shown(html=table(["", "p-value"], [0, "1.0"], [1, "2.2e-14"])),
        shown(html=table(["", "p-value"], [0, "1.0"], [1, "8.1e-13"])),
    ),
    Case(
        "nan_in_table",
        "changed",
        shown(html=table(["", "x"], [0, "NaN"])),
        shown(html=table(["", "x"], [0, "0.0"])),
    ),
    Case(
        "date_in_table",
        "changed",
        shown(html=table(["", "date"], [0, "2020-01-01"])),
        shown(html=table(["", "date"], [0, "2020-01-02"])),
    ),
    Case(
        "duration_in_table",
        "changed",
        shown(html=table(["", "duration"], [0, "0 days 00:12:00"])),
        shown(html=table(["", "duration"], [0, "0 days 00:13:00"])),
    ),
    Case(
        "time_in_epoch_table",
        "cosmetic",
        shown(html=table(["epoch", "train_loss", "time"], [0, 0.5, "00:12"])),
        shown(html=table(["epoch", "train_loss", "time"], [0, 0.5, "00:15"])),
    ),
    Case(
        "loss_in_epoch_table",
        "changed",
        shown(html=table(["epoch", "train_loss", "time"], [0, 0.5, "00:12"])),
        shown(html=table(["epoch", "train_loss", "time"], [0, 0.6, "00:15"])),
    ),
    Case(
        "time_column_is_data",
        "changed",
        shown(html=table(["", "runner", "time"], [0, "bolt", 9.58])),
        shown(html=table(["", "runner", "time"], [0, "bolt", 9.69])),
    ),
    Case(
        "fit_time_beside_score",
        "changed",
        shown(html=table(["", "mean_fit_time", "score"], [0, 0.1, 0.9])),
        shown(html=table(["", "mean_fit_time", "score"], [0, 0.2, 0.8])),
    ),
    Case(
        "fit_time_in_rows",
        "cosmetic",
        shown(html=table(["", "0"], ["fit_time", 0.1], ["score", 0.9])),
        shown(html=table(["", "0"], ["fit_time", 0.2], ["score", 0.9])),
    ),
    Case(
        "object_in_table",
        "cosmetic",
        shown(html=table(["", "o"], [0, "&lt;A object at 0x7f3a2c0a1b50&gt;"])),
        shown(html=table(["", "o"], [0, "&lt;A object at 0x7f3a2c0a1b99&gt;"])),
    ),
    Case(
        "index_changed",
        "changed",
        shown(html=table(HEAD, *ROWS)),
        shown(html=table(HEAD, ROWS[0], [7, "bob", 45, 0.85])),
    ),
    Case(
        "plain_fallback_ignored",
        "same",
        shown(html=table(HEAD, *ROWS), plain="<Styler at 0x7f440034d660>"),
        shown(html=table(HEAD, *ROWS), plain="<Styler at 0x7f8697a8d41b>"),
    ),
    Case(
        "table_became_text",
        "cosmetic",
        result("   a\n0  1", text_html=table(["", "a"], [0, 1])),
        result("   a\n0  1"),
    ),
    Case(
        "class_attribute",
        "same",
        shown(html='<table class="dataframe"><tr><td>1</td></tr></table>'),
        shown(html='<table class="frame x"><tr><td>1</td></tr></table>'),
    ),
    Case(
        "cell_colour",
        "changed",
        shown(
            html='<style>#T_ab1_row0_col0 {background-color: #ff0000;}</style><table id="T_ab1"><tr><td id="T_ab1_row0_col0">1</td></tr></table>'
        ),
        shown(
            html='<style>#T_cd2_row0_col0 {background-color: #00ff00;}</style><table id="T_cd2"><tr><td id="T_cd2_row0_col0">1</td></tr></table>'
        ),
    ),
    Case(
        "two_tables_second_changed",
        "changed",
        shown(html=table(["a"], [1]) + table(["b"], [2])),
        shown(html=table(["a"], [1]) + table(["b"], [3])),
    ),
    Case(
        "header_spans",
        "changed",
        shown(html='<table><tr><th colspan="2">x</th></tr><tr><td>1</td><td>2</td></tr></table>'),
        shown(html='<table><tr><th colspan="2">x</th></tr><tr><td>1</td><td>3</td></tr></table>'),
    ),
]

HTML = [
    Case(
        "prose_changed", "changed", shown(html="<p>mean <b>4.2</b></p>"), shown(html="<p>mean <b>4.3</b></p>")
    ),
    Case(
        "html_spacing", "same", shown(html="<div>\n  <p>a  b</p></div>"), shown(html="<div><p>a b</p></div>")
    ),
    Case("strong_for_b", "same", shown(html="<b>x</b>"), shown(html="<strong>x</strong>")),
    Case("heading_level", "cosmetic", shown(html="<h2>x</h2>"), shown(html="<h3>x</h3>")),
    Case(
        "link_target", "changed", shown(html='<a href="/a.csv">x</a>'), shown(html='<a href="/b.csv">x</a>')
    ),
    Case(
        "image_inside",
        "changed",
        shown(html=f'<img src="data:image/png;base64,{picture(LINE)}">'),
        shown(html=f'<img src="data:image/png;base64,{picture(MOVED)}">'),
    ),
    Case(
        "text_colour",
        "changed",
        shown(html='<span style="color: red">PASS</span>'),
        shown(html='<span style="color: green">PASS</span>'),
    ),
    Case(
        "estimator_ids",
        "same",
        shown(
            html='<style>#sk-container-id-1 {color: black;}</style><div id="sk-container-id-1"><pre>SVC()</pre></div>'
        ),
        shown(
            html='<style>#sk-container-id-7 {color: black;}</style><div id="sk-container-id-7"><pre>SVC()</pre></div>'
        ),
    ),
    Case(
        "estimator_changed",
        "changed",
        shown(html='<div id="sk-container-id-1"><pre>SVC()</pre></div>'),
        shown(html='<div id="sk-container-id-7"><pre>SVC(C=2)</pre></div>'),
    ),
    Case(
        "map_in_frame",
        "same",
        shown(
            html='<iframe srcdoc="&lt;div id=&quot;map_0f9c1d2e3b4a59687786&quot;&gt;&lt;/div&gt;&lt;script&gt;var map_0f9c1d2e3b4a59687786 = L.map([52.5, 13.4]);&lt;/script&gt;"></iframe>'
        ),
        shown(
            html='<iframe srcdoc="&lt;div id=&quot;map_a1b2c3d4e5f607182930&quot;&gt;&lt;/div&gt;&lt;script&gt;var map_a1b2c3d4e5f607182930 = L.map([52.5, 13.4]);&lt;/script&gt;"></iframe>'
        ),
    ),
    Case(
        "map_centre",
        "changed",
        shown(html='<iframe srcdoc="&lt;script&gt;L.map([52.5, 13.4]);&lt;/script&gt;"></iframe>'),
        shown(html='<iframe srcdoc="&lt;script&gt;L.map([48.1, 11.6]);&lt;/script&gt;"></iframe>'),
    ),
    Case(
        "progress_value",
        "changed",
        shown(html='<progress value="3" max="10"></progress>'),
        shown(html='<progress value="9" max="10"></progress>'),
    ),
    Case("comment", "same", shown(html="<p>x</p><!-- a -->"), shown(html="<p>x</p><!-- b -->")),
    Case("broken_html", "changed", shown(html="<table><tr><td>1<td>2"), shown(html="<table><tr><td>1<td>3")),
    Case(
        "ids_inconsistent",
        "changed",
        shown(html='<div id="a1b2"></div><div id="c3d4"></div><script>draw("a1b2")</script>'),
        shown(html='<div id="e5f6"></div><div id="a7b8"></div><script>draw("a7b8")</script>'),
    ),
]


ALL = [*TABLES, *HTML]
