"""What can stand in the ledger about areas."""

from tongzhou.ledger.types import declare

AREA_CREATED = declare("area.created.v1", en="{by} added an area", zh="{by}新增区域")
AREA_EDITED = declare("area.edited.v1", en="{by} changed an area", zh="{by}修改区域")
AREAS_IMPORTED = declare("areas.imported.v1", en="{by} imported areas", zh="{by}导入区域")
MODE_SWITCHED = declare(
    "mode.switched.v1",
    kind="decide",
    en="{by} switched an area between peacetime and emergency",
    zh="{by}进行平急转换",
)
