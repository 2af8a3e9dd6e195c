"""What can stand in the ledger about templates."""

from tongzhou.ledger.types import declare

TEMPLATE_PUBLISHED = declare(
    "template.published.v1",
    kind="decide",
    en="{by} published a version of a template",
    zh="{by}发布模板版本",
)
TEMPLATES_SHIPPED = declare(
    "template.shipped.v1",
    en="Templates came with the software",
    zh="软件随附模板入库",
)
PROFILE_CHOSEN = declare(
    "profile.chosen.v1",
    kind="decide",
    en="{by} switched the country profile",
    zh="{by}切换国家方案",
)
