"""Every problem that a table can have: a stable code, how grave it is, and a plain sentence.

The sentences have named places: ``{field}``, ``{row}``, ``{value}``. A code is never reused for
another meaning.
"""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A problem in English and Chinese; an ``error`` stops reading, a ``warning`` does not."""

    level: Level
    en: str
    zh: str


SENTENCES = {
    "file_missing": Sentence(
        "error",
        "There is no file “{value}”.",
        "文件“{value}”不存在。",
    ),
    "file_empty": Sentence(
        "error",
        "The file is empty: it has no header.",
        "文件为空：没有表头。",
    ),
    "file_type_unknown": Sentence(
        "error",
        "The file is neither Parquet, CSV, DuckDB, XES nor XLSX.",
        "文件不是 Parquet、CSV、DuckDB、XES 或 XLSX。",
    ),
    "file_unreadable": Sentence(
        "error",
        "The file is damaged or is not what its name says: {value}.",
        "文件已损坏，或内容与扩展名不符：{value}。",
    ),
    "file_not_utf8": Sentence(
        "error",
        "The file is not UTF-8. Save it as CSV UTF-8 and send it again.",
        "文件不是 UTF-8 编码。请另存为 CSV UTF-8 后重新提交。",
    ),
    "file_without_table": Sentence(
        "error",
        "The DuckDB file has no table “{value}”.",
        "DuckDB 文件中没有表“{value}”。",
    ),
    "file_without_rows": Sentence(
        "error",
        "There are no rows in the file.",
        "文件中没有数据行。",
    ),
    "row_shape": Sentence(
        "error",
        "Row {row} has another number of cells than the header.",
        "第 {row} 行的单元格数与表头不一致。",
    ),
    "column_missing": Sentence(
        "error",
        "The column “{field}” is required and is not there.",
        "缺少必需的列“{field}”。",
    ),
    "column_repeated": Sentence(
        "error",
        "The column “{field}” comes more than once.",
        "列“{field}”重复出现。",
    ),
    "column_unknown": Sentence(
        "warning",
        "The column “{field}” is not known and was not read.",
        "列“{field}”未知，未予读取。",
    ),
    "type_wrong": Sentence(
        "error",
        "The column “{field}” holds {value}, which cannot be read as what it should be.",
        "列“{field}”的数据类型为 {value}，无法按应有类型读取。",
    ),
    "text_as_number": Sentence(
        "error",
        "The column “{field}” holds numbers ({value}) and must hold text: leading zeros count.",
        "列“{field}”为数字（{value}）；应为文本，否则会丢失前导零。",
    ),
    "value_missing": Sentence(
        "error",
        "Row {row}: “{field}” is empty and must not be.",
        "第 {row} 行：“{field}”不能为空。",
    ),
    "value_repeated": Sentence(
        "error",
        "Row {row}: “{field}” repeats the value “{value}” of an earlier row.",
        "第 {row} 行：“{field}”的值“{value}”与前面的行重复。",
    ),
    "word_unknown": Sentence(
        "error",
        "Row {row}: “{value}” is not a word allowed in “{field}”.",
        "第 {row} 行：“{value}”不是“{field}”允许的取值。",
    ),
    "word_new": Sentence(
        "warning",
        "Row {row}: “{value}” is not one of the usual words of “{field}”.",
        "第 {row} 行：“{value}”不是“{field}”的常用取值。",
    ),
    "list_item_empty": Sentence(
        "error",
        "Row {row}: the list in “{field}” has an empty item.",
        "第 {row} 行：“{field}”的列表中有空项。",
    ),
    "number_unreadable": Sentence(
        "error",
        "Row {row}: “{value}” in “{field}” is not a whole number.",
        "第 {row} 行：“{field}”中的“{value}”不是整数。",
    ),
    "figure_unreadable": Sentence(
        "error",
        "Row {row}: “{value}” in “{field}” is not a number.",
        "第 {row} 行：“{field}”中的“{value}”不是数字。",
    ),
    "json_unreadable": Sentence(
        "error",
        "Row {row}: “{field}” is not a JSON object.",
        "第 {row} 行：“{field}”不是 JSON 对象。",
    ),
    "time_unreadable": Sentence(
        "error",
        "Row {row}: “{value}” in “{field}” is not a time such as 2026-03-01T08:30:00+08:00.",
        "第 {row} 行：“{field}”中的“{value}”不是形如 2026-03-01T08:30:00+08:00 的时间。",
    ),
    "time_without_zone": Sentence(
        "error",
        "Row {row}: the time “{value}” in “{field}” has no time zone, and none was declared.",
        "第 {row} 行：“{field}”中的时间“{value}”没有时区，且未声明时区。",
    ),
    "column_without_zone": Sentence(
        "error",
        "The times in “{field}” have no time zone, and none was declared.",
        "列“{field}”中的时间没有时区，且未声明时区。",
    ),
    "time_ambiguous": Sentence(
        "warning",
        "Row {row}: the clock showed “{value}” twice or never in that zone; the earlier was taken.",
        "第 {row} 行：该时区的钟表在“{value}”出现两次或未出现；取较早者。",
    ),
    "zone_unknown": Sentence(
        "error",
        "The time zone “{value}” is not known.",
        "未知时区“{value}”。",
    ),
}
