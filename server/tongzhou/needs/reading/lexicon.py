"""What people write for a thing, and the name under which the catalogue knows it.

The catalogue's own names come on top of these; here stand the short and the loose words of a
call for help. ``sure`` says how surely the word means the thing: "masks" may be of any kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

N95: Final = "N95口罩"
SURGICAL: Final = "医用外科口罩"
MASK: Final = "普通医用口罩"
GOGGLES: Final = "护目镜"
SHIELD: Final = "防护面罩"
COVERALL: Final = "防护服"
ISOLATION_GOWN: Final = "隔离衣"
GOWN: Final = "手术衣"
GLOVES: Final = "乳胶手套"
CAP: Final = "医用帽"
SHOE_COVER: Final = "防污染鞋套"
BOOT_COVER: Final = "防污染靴套"
BOOTS: Final = "长筒胶鞋/防污染靴"
SHEET: Final = "床罩"
ALCOHOL: Final = "75%酒精"
BLEACH: Final = "84消毒液"
PERACETIC: Final = "过氧乙酸"
IODINE: Final = "活力碘"
HAND_RUB: Final = "手部皮肤消毒液"
AIR: Final = "空气消毒设备"
UV_CART: Final = "医用紫外线消毒车"
THERMOMETER: Final = "测体温设备"


@dataclass(frozen=True)
class Word:
    """What is meant by a phrase, and how surely (0 to 1)."""

    name: str
    sure: float = 0.95


#: Phrase → thing, phrases folded as the text is.
WORDS: Final[Mapping[str, Word]] = {
    **dict.fromkeys(
        ("n95", "n95口罩", "n95防护口罩", "医用防护口罩", "防护口罩", "kn95", "n95 masks",
         "n95 respirators", "n95s"), Word(N95),
    ),
    # Parts of a coverall, no things of their own.
    **dict.fromkeys(("连体带鞋套", "带鞋套", "含鞋套"), Word("", 0)),
    **dict.fromkeys(
        ("3m1860口罩", "3m9132口罩", "3m口罩", "3m1860", "3m9132", "3m 1860", "3m 9132",
         "3m8210"), Word(N95, 0.9),
    ),
    **dict.fromkeys(
        ("外科口罩", "医用外科口罩", "一次性医用外科口罩", "一次性外科口罩", "surgical masks",
         "surgical mask"), Word(SURGICAL),
    ),
    **dict.fromkeys(
        ("一次性医用口罩", "普通医用口罩", "一次性普通口罩", "普通口罩", "一次性口罩"), Word(MASK),
    ),
    "医用口罩": Word(MASK, 0.8),
    **dict.fromkeys(("口罩", "masks", "mask"), Word(MASK, 0.5)),
    **dict.fromkeys(
        ("护目镜", "防护眼镜", "护目眼镜", "防冲击眼罩", "防护眼罩", "goggles", "safety goggles"),
        Word(GOGGLES),
    ),
    **dict.fromkeys(("眼罩", "防冲击眼置"), Word(GOGGLES, 0.8)),
    **dict.fromkeys(
        ("防护面罩", "医用防护面罩", "防护面屏", "防冲击面罩", "面屏", "face shields",
         "face shield"), Word(SHIELD),
    ),
    "面罩": Word(SHIELD, 0.8),
    "医用防护罩": Word(SHIELD, 0.5),
    **dict.fromkeys(
        ("防护服", "医用防护服", "一次性防护服", "一次性医用防护服", "连体防护服", "coveralls",
         "protective suits"), Word(COVERALL),
    ),
    **dict.fromkeys(("防护衣", "3m4565", "3m 4565"), Word(COVERALL, 0.85)),
    **dict.fromkeys(
        ("隔离衣", "医用隔离衣", "一次性隔离衣", "正压隔离衣", "isolation gowns"),
        Word(ISOLATION_GOWN),
    ),
    **dict.fromkeys(
        ("手术衣", "手术服", "一次性手术衣", "一次性手术服", "一次性使用手术衣", "surgical gowns"),
        Word(GOWN),
    ),
    "gowns": Word(ISOLATION_GOWN, 0.6),
    **dict.fromkeys(
        ("乳胶手套", "医用一次性乳胶手套", "一次性乳胶手套", "医用乳胶手套", "latex gloves"),
        Word(GLOVES),
    ),
    **dict.fromkeys(
        ("医用手套", "一次性医用手套", "检查手套", "外科手套", "医用外科手套", "防护手套",
         "医用橡胶检查手套", "一次性手套"), Word(GLOVES, 0.8),
    ),
    **dict.fromkeys(("手套", "gloves"), Word(GLOVES, 0.6)),
    **dict.fromkeys(
        ("医用帽", "一次性医用帽", "防护帽", "圆帽", "一次性圆帽", "一次性帽子"), Word(CAP),
    ),
    **dict.fromkeys(("头套", "帽子"), Word(CAP, 0.6)),
    **dict.fromkeys(
        ("鞋套", "防污染鞋套", "防护鞋套", "医用鞋套", "长筒防护鞋套", "防水鞋套", "shoe covers",
         "防污染鞋棄"), Word(SHOE_COVER, 0.9),
    ),
    **dict.fromkeys(("靴套", "防污染靴套"), Word(BOOT_COVER)),
    **dict.fromkeys(
        ("长筒胶鞋", "胶鞋", "防护靴", "防污染靴", "医用防护雨靴", "雨靴", "靴子"),
        Word(BOOTS, 0.9),
    ),
    **dict.fromkeys(("床罩", "一次性床罩", "一次性消毒床罩"), Word(SHEET)),
    **dict.fromkeys(("75%酒精", "75酒精", "75%的酒精", "医用酒精", "消毒酒精", "医用消毒酒精"),
                    Word(ALCOHOL)),
    **dict.fromkeys(("酒精", "alcohol"), Word(ALCOHOL, 0.7)),
    "95%酒精": Word(ALCOHOL, 0.4),
    **dict.fromkeys(("84消毒液", "84消毒水", "含氯消毒剂", "其他含氯消毒剂"), Word(BLEACH, 0.9)),
    **dict.fromkeys(("消毒液", "消毒水", "消毒产品", "disinfectant"), Word(BLEACH, 0.5)),
    "过氧乙酸": Word(PERACETIC),
    **dict.fromkeys(("活力碘", "碘伏"), Word(IODINE)),
    **dict.fromkeys(
        ("手部皮肤消毒液", "手消毒液", "免洗手消毒液", "速干手消毒液", "免洗手消毒凝胶",
         "洁肤柔免洗手消毒凝胶", "免洗手酒精凝胶", "手消", "hand sanitizer", "hand sanitiser"),
        Word(HAND_RUB, 0.9),
    ),
    **dict.fromkeys(("空气消毒设备", "空气消毒机"), Word(AIR)),
    **dict.fromkeys(
        ("紫外线消毒车", "医用紫外线消毒车", "医用紫外消毒车", "紫外消毒车"), Word(UV_CART),
    ),
    **dict.fromkeys(
        ("测体温设备", "体温枪", "额温枪", "体温计", "体温仪", "电子体温仪", "水银体温计",
         "红外测温仪", "thermometers"), Word(THERMOMETER, 0.9),
    ),
}  # fmt: skip
