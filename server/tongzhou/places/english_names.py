"""English names of Chinese areas, made from the pinyin and the kind of the area.

Rules: the name in one word with a capital, an apostrophe before a syllable that begins with
a, e or o (Xi'an, Chun'an: GB/T 16159 and 28039), and the kind in English behind it, which
provinces and cities go without. Loads a dictionary of about 30 MB, so only imports and the
command line import it.
"""

import re
from functools import cache, lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin, load_phrases_dict

from tongzhou.places.models import Level

#: Names whose English form is not their pinyin, and readings that a place has alone.
_KNOWN: Final = {
    "内蒙古自治区": "Inner Mongolia",
    "广西壮族自治区": "Guangxi",
    "西藏自治区": "Xizang",
    "宁夏回族自治区": "Ningxia",
    "新疆维吾尔自治区": "Xinjiang",
    "陕西省": "Shaanxi",
    "香港特别行政区": "Hong Kong",
    "澳门特别行政区": "Macao",
    "呼和浩特市": "Hohhot",
    "乌鲁木齐市": "Urumqi",
    "拉萨市": "Lhasa",
    "哈尔滨市": "Harbin",
    "鄂尔多斯市": "Ordos",
    "呼伦贝尔市": "Hulunbuir",
    "乌兰察布市": "Ulanqab",
    "巴彦淖尔市": "Bayannur",
    "克拉玛依市": "Karamay",
    "日喀则市": "Shigatse",
    "喀什地区": "Kashgar Prefecture",
    "和田地区": "Hotan Prefecture",
    "阿勒泰地区": "Altay Prefecture",
    "阿克苏地区": "Aksu Prefecture",
    "阿里地区": "Ngari Prefecture",
    "昌都市": "Qamdo",
    "林芝市": "Nyingchi",
    "那曲市": "Nagqu",
    "吐鲁番市": "Turpan",
    "哈密市": "Hami",
    "兴安盟": "Hinggan League",
    "锡林郭勒盟": "Xilingol League",
    "阿拉善盟": "Alxa League",
    "博尔塔拉蒙古自治州": "Bortala Mongol Autonomous Prefecture",
    "巴音郭楞蒙古自治州": "Bayingolin Mongol Autonomous Prefecture",
    "克孜勒苏柯尔克孜自治州": "Kizilsu Kirgiz Autonomous Prefecture",
    "伊犁哈萨克自治州": "Ili Kazak Autonomous Prefecture",
    "果洛藏族自治州": "Golog Tibetan Autonomous Prefecture",
}
_READINGS: Final = {
    "六安": "lu an", "六合": "lu he", "丽水": "li shui", "台州": "tai zhou", "蚌埠": "beng bu",
    "亳州": "bo zhou", "乐清": "yue qing", "乐亭": "lao ting", "长兴": "chang xing",
    "长春": "chang chun", "长沙": "chang sha", "长治": "chang zhi", "长宁": "chang ning",
    "嵊州": "sheng zhou", "嵊泗": "sheng si", "诸暨": "zhu ji", "鄞州": "yin zhou",
    "缙云": "jin yun", "瓯海": "ou hai", "柯城": "ke cheng", "婺城": "wu cheng",
    "莘县": "shen xian", "单县": "shan xian", "浚县": "xun xian", "歙县": "she xian",
    "黟县": "yi xian", "铅山": "yan shan", "番禺": "pan yu", "大埔": "da bu", "东阿": "dong e",
    "尉犁": "yu li", "繁峙": "fan shi", "洪洞": "hong tong", "临洮": "lin tao",
    "监利": "jian li", "秭归": "zi gui", "郫都": "pi du", "犍为": "qian wei",
    "筠连": "jun lian", "涪陵": "fu ling", "綦江": "qi jiang", "北碚": "bei bei",
    "重庆": "chong qing", "厦门": "xia men", "都匀": "du yun", "蔚县": "yu xian",
    "盱眙": "xu yi", "邗江": "han jiang", "泷水": "shuang shui", "儋州": "dan zhou",
    "阿坝": "a ba", "阿里": "a li", "阿克苏": "a ke su", "阿拉善": "a la shan",
    "大城": "dai cheng", "任丘": "ren qiu", "任县": "ren xian", "朝阳": "chao yang",
    "莲都": "lian du", "什字": "shi zi", "什字街": "shi zi jie",
    "天台": "tian tai", "余杭": "yu hang", "富阳": "fu yang", "柯桥": "ke qiao",
    "巢湖": "chao hu", "枞阳": "zong yang", "渑池": "mian chi", "中牟": "zhong mu",
    "武陟": "wu zhi", "泌阳": "bi yang", "弥勒": "mi le", "曲阜": "qu fu", "曲靖": "qu jing",
    "鄄城": "juan cheng", "莒县": "ju xian", "解放": "jie fang", "行唐": "xing tang",
    "石嘴山": "shi zui shan", "中卫": "zhong wei", "会理": "hui li", "会宁": "hui ning",
    "会同": "hui tong", "会稽": "kuai ji", "会昌": "hui chang", "广饶": "guang rao",
}  # fmt: skip
_PEOPLES: Final = {
    "朝鲜族": "Korean", "藏族": "Tibetan", "羌族": "Qiang", "彝族": "Yi", "布依族": "Buyei",
    "苗族": "Miao", "侗族": "Dong", "哈尼族": "Hani", "壮族": "Zhuang", "傣族": "Dai",
    "白族": "Bai", "景颇族": "Jingpo", "傈僳族": "Lisu", "回族": "Hui", "蒙古族": "Mongol",
    "柯尔克孜": "Kirgiz", "柯尔克孜族": "Kirgiz", "哈萨克": "Kazak", "哈萨克族": "Kazak",
    "土家族": "Tujia", "满族": "Manchu", "畲族": "She", "瑶族": "Yao", "黎族": "Li",
    "蒙古": "Mongol", "土族": "Tu", "撒拉族": "Salar", "东乡族": "Dongxiang",
    "保安族": "Bonan", "裕固族": "Yugur", "塔吉克": "Tajik", "塔吉克族": "Tajik",
    "锡伯": "Xibe", "锡伯族": "Xibe", "达斡尔族": "Daur", "鄂温克族": "Ewenki",
    "鄂伦春": "Oroqen", "仡佬族": "Gelao", "水族": "Sui", "毛南族": "Maonan",
    "仫佬族": "Mulao", "纳西族": "Naxi", "佤族": "Va", "拉祜族": "Lahu", "布朗族": "Blang",
    "独龙族": "Derung", "怒族": "Nu", "普米族": "Pumi", "阿昌族": "Achang", "德昂族": "De'ang",
    "基诺族": "Jino", "京族": "Gin", "高山族": "Gaoshan", "门巴族": "Monba", "珞巴族": "Lhoba",
    "俄罗斯族": "Russian", "维吾尔": "Uygur", "各族": "Multi-ethnic",
}  # fmt: skip
#: Endings, the longest first, and what stands behind the name instead; "" where English
#: leaves the kind out.
_ENDINGS: Final = (
    ("特别行政区", ""), ("维吾尔自治区", ""), ("自治区", ""),
    ("自治州", "Autonomous Prefecture"), ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"), ("民族乡", "Ethnic Township"), ("族乡", "Ethnic Township"),
    ("地区", "Prefecture"), ("林区", "Forestry District"), ("新区", "New Area"),
    ("经济技术开发区", "Economic and Technological Development Zone"),
    ("高新技术产业开发区", "High-tech Zone"), ("经济开发区", "Economic Development Zone"),
    ("开发区", "Development Zone"), ("工业园区", "Industrial Park"), ("园区", "Park"),
    ("街道办事处", "Subdistrict"), ("街道", "Subdistrict"), ("居民委员会", "Community"),
    ("村民委员会", "Village"), ("社区", "Community"), ("村", "Village"), ("苏木", "Sumu"),
    ("农场", "Farm"), ("林场", "Forest Farm"), ("牧场", "Pasture"), ("养殖场", "Farm"),
    ("种场", "Seed Farm"), ("场", "Farm"), ("监狱", "Prison"), ("新城", "New Town"),
    ("产业园", "Industrial Park"), ("工业园", "Industrial Park"), ("工业区", "Industrial Zone"),
    ("管理委员会", "Administration"), ("管委会", "Administration"), ("管理处", "Administration"),
    ("服务中心", "Service Centre"), ("办事处", "Office"),
    ("省", ""), ("市", ""), ("盟", "League"), ("旗", "Banner"), ("县", "County"),
    ("区", "District"), ("镇", "Town"), ("乡", "Township"), ("网格", "Grid"),
)  # fmt: skip
_HAN: Final = re.compile(r"[㐀-鿿豈-﫿〇]+")


@cache
def _load_readings() -> None:
    load_phrases_dict({name: [[s] for s in said.split()] for name, said in _READINGS.items()})


def english_name(name_zh: str, level: str) -> str:
    """The English name of an area of a level, for example "Chun'an County". Text that is not
    Chinese is kept."""
    if name_zh in _KNOWN:
        return _KNOWN[name_zh]
    _load_readings()
    stem, kind = _split(name_zh)
    peoples: list[str] = []
    if kind.startswith(("Autonomous", "Ethnic")):
        stem, peoples = _strip_peoples(stem)
    if level == Level.DISTRICT and name_zh.endswith("市"):
        kind = ""
    return " ".join([pinyin(stem), *peoples, *([kind] if kind else [])])


def _split(name: str) -> tuple[str, str]:
    for ending, kind in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            stem = name[: -len(ending)]
            return (stem + "族", kind) if ending == "族乡" else (stem, kind)
    return name, ""


def _strip_peoples(stem: str) -> tuple[str, list[str]]:
    """Takes the names of peoples off the end: 黔东南苗族侗族 → 黔东南, Miao, Dong."""
    found: list[str] = []
    while True:
        for name, english in sorted(_PEOPLES.items(), key=lambda item: -len(item[0])):
            if stem.endswith(name) and len(stem) > len(name):
                stem, found = stem[: -len(name)], [english, *found]
                break
        else:
            return stem, found


def pinyin(text: str) -> str:
    """Chinese text in one word with a capital; other text as it stands."""
    parts = []
    last = 0
    for match in _HAN.finditer(text):
        parts.append(text[last : match.start()].strip())
        parts.append(_word(match.group()))
        last = match.end()
    parts.append(text[last:].strip())
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=20_000)
def _word(han: str) -> str:
    syllables = lazy_pinyin(han, style=Style.NORMAL, v_to_u=False)
    written = syllables[0] + "".join(
        f"'{syllable}" if syllable[0] in "aeo" else syllable for syllable in syllables[1:]
    )
    return written.replace("v", "ü")[:1].upper() + written.replace("v", "ü")[1:]
