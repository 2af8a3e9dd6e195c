import pytest

from tongzhou.places.english_names import english_name


@pytest.mark.parametrize(
    ("name_zh", "level", "english"),
    [
        ("浙江省", "province", "Zhejiang"),
        ("陕西省", "province", "Shaanxi"),
        ("内蒙古自治区", "province", "Inner Mongolia"),
        ("重庆市", "province", "Chongqing"),
        ("杭州市", "city", "Hangzhou"),
        ("丽水市", "city", "Lishui"),
        ("六安市", "city", "Lu'an"),
        ("西安市", "city", "Xi'an"),
        ("呼和浩特市", "city", "Hohhot"),
        ("延边朝鲜族自治州", "city", "Yanbian Korean Autonomous Prefecture"),
        ("黔东南苗族侗族自治州", "city", "Qiandongnan Miao Dong Autonomous Prefecture"),
        ("西湖区", "district", "Xihu District"),
        ("淳安县", "district", "Chun'an County"),
        ("义乌市", "district", "Yiwu"),
        ("乐清市", "district", "Yueqing"),
        ("长兴县", "district", "Changxing County"),
        ("景宁畲族自治县", "district", "Jingning She Autonomous County"),
        ("神农架林区", "district", "Shennongjia Forestry District"),
        ("北山街道", "street", "Beishan Subdistrict"),
        ("三墩镇", "street", "Sandun Town"),
        ("里山乡", "street", "Lishan Township"),
        ("莪山畲族乡", "street", "Eshan She Ethnic Township"),
        ("宝石社区", "community", "Baoshi Community"),
        ("绿园街道", "street", "Lüyuan Subdistrict"),
        ("县", "district", "Xian"),
        ("A1网格", "grid", "A1 Grid"),
    ],
)
def test_names_are_those_that_maps_write(name_zh: str, level: str, english: str) -> None:
    assert english_name(name_zh, level) == english
