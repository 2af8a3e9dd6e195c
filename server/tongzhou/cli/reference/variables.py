"""Every variable of the environment that an installation reads, with what it does. A test
compares the list with the source: one that is read and not listed fails."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Variable:
    """``default`` is what holds when it is not set; ``internal``: set by the programs
    themselves for one another, never by hand."""

    name: str
    default: str
    en: str
    zh: str
    internal: bool = False


VARIABLES: Final = (
    Variable(
        "DATABASE_URL",
        "the embedded PostgreSQL",
        "Address of a PostgreSQL (15 or later) of your own: postgresql://user:password@host/name. "
        "The account must own the database.",
        "自备 PostgreSQL（15 及以上）的地址：postgresql://用户:密码@主机/库名。该账号须为数据库所有者。",
    ),
    Variable(
        "TONGZHOU_HOME",
        ".tongzhou in the current folder",
        "Folder of the installation's own files: embedded database, uploaded files, secret key.",
        "本安装自身文件所在文件夹：内嵌数据库、上传的文件、密钥。",
    ),
    Variable(
        "TONGZHOU_HOSTS",
        "127.0.0.1,localhost,[::1]",
        "Names under which the site is reached, separated by commas.",
        "访问本站所用的主机名，以逗号分隔。",
    ),
    Variable(
        "TONGZHOU_ORIGINS",
        "none",
        "Origins whose forms are taken, with scheme, separated by commas; needed behind a proxy "
        "that ends TLS: https://tongzhou.example.",
        "允许提交表单的来源（含协议），以逗号分隔；由代理终止 TLS 时必填，如 https://tongzhou.example。",
    ),
    Variable(
        "TONGZHOU_HTTPS",
        "0",
        "1: the site is reached by HTTPS only. Cookies are sent over HTTPS alone, and browsers are "
        "told to insist on it.",
        "设为 1：仅通过 HTTPS 访问。Cookie 只经 HTTPS 发送，并要求浏览器始终使用 HTTPS。",
    ),
    Variable(
        "TONGZHOU_PROXIES",
        "0",
        "How many reverse proxies stand in front. The sender's address is then read that many "
        "entries from the end of X-Forwarded-For; limits per address depend on it.",
        "前面有几层反向代理。发送者地址取自 X-Forwarded-For 倒数第几项，按地址的限制以此为准。",
    ),
    Variable(
        "TONGZHOU_SECRET_KEY",
        "made at first start, in the state folder",
        "Key that signs sessions. Set it when several machines serve one site.",
        "会话签名密钥。多台机器服务同一站点时须设置。",
    ),
    Variable(
        "TONGZHOU_LANGUAGE",
        "en; on a terminal LC_ALL, LC_MESSAGES, LANG",
        "Language of those who chose none, and of the command line: en or zh-hans.",
        "未选择语言者及命令行使用的语言：en 或 zh-hans。",
    ),
    Variable(
        "TONGZHOU_TIME_ZONE",
        "Asia/Shanghai",
        "Time zone in which pages show times and days begin.",
        "页面显示时间和划分日期所用的时区。",
    ),
    Variable(
        "TONGZHOU_CURRENCY",
        "CNY under the Chinese profile, else USD",
        "The one currency of funds and claims: CNY, EUR, USD, GBP, CHF, JPY, KRW or KWD.",
        "资金和费用申报所用的唯一币种：CNY、EUR、USD、GBP、CHF、JPY、KRW或KWD。",
    ),
    Variable(
        "TONGZHOU_LOG",
        "WARNING",
        "How much is logged to standard error: DEBUG, INFO, WARNING, ERROR.",
        "写入标准错误的日志级别：DEBUG、INFO、WARNING、ERROR。",
    ),
    Variable(
        "TONGZHOU_DEBUG",
        "0",
        "1: development only. Errors show their source, static files are not built.",
        "设为 1：仅供开发。出错时显示源代码，静态文件不预先生成。",
    ),
    Variable(
        "TONGZHOU_DB_WITHOUT_ROLES",
        "0",
        "1: go on where the database account may make no roles. The database then does not keep "
        "the programs from changing acts; only verification shows it.",
        "设为 1：数据库账号无权建角色时仍继续运行。此时数据库不再阻止程序改动行为记录，"
        "只能靠校验发现。",
    ),
    Variable(
        "TONGZHOU_DB_ROLE",
        "web",
        "As whom a process works in the database: owner, web or sealer. Each command sets its own.",
        "进程以何身份访问数据库：owner、web 或 sealer。各命令自行设定。",
        internal=True,
    ),
    Variable(
        "TONGZHOU_DB_POOL",
        "0; 1 in a web process",
        "1: keep a few database connections open between requests.",
        "设为 1：在两次请求之间保留少量数据库连接。",
        internal=True,
    ),
    Variable(
        "TONGZHOU_DB_POOL",
        "0",
        "1: keep a few database connections open between requests. Web processes set it.",
        "设为 1：请求之间保持若干数据库连接。由网页进程自行设定。",
        internal=True,
    ),
    Variable(
        "TONGZHOU_PARENT_FD",
        "none",
        "Pipe by which a part learns that its supervisor is gone.",
        "部件借以得知监护进程已退出的管道。",
        internal=True,
    ),
    Variable(
        "TONGZHOU_READY_FD",
        "none",
        "Pipe on which a part says that it is ready.",
        "部件用以报告就绪的管道。",
        internal=True,
    ),
    Variable(
        "TONGZHOU_TEST_DB",
        "test_tongzhou",
        "Tests: name of the test database.",
        "测试用：测试数据库名称。",
    ),
    Variable(
        "TONGZHOU_DATA",
        "../shared/data",
        "Tests: folder of the public data that some tests read; they are skipped without it.",
        "测试用：部分测试读取的公开数据所在文件夹；缺少时跳过这些测试。",
    ),
)
