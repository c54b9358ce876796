//! Packages that are there wherever Prefect is: the standard library, and what Prefect needs itself.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::dialect::Dialect;
use crate::dotted::{first, is_within};

/// The standard library of Python 3.9 to 3.13, whichever has it. Source: `sys.stdlib_module_names`, but for names with `_`.
#[rustfmt::skip]
const STANDARD: &str = "\
__future__ \
abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins \
bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser \
contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest \
email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc \
genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib \
inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes \
mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os \
ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile \
pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter \
runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 \
sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symbol symtable sys \
sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize \
tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings \
wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

/// What Prefect 2.20 and 3.9 depend on, all the way down. Source: the requirements of both, as installed.
#[rustfmt::skip]
const NEEDED: &str = "\
aiosqlite alembic annotated_doc annotated_types anyio apprise asgi_lifespan asyncpg attr attrs cachetools certifi cffi \
charset_normalizer click cloudpickle colorama coolname cryptography dateparser dateparser_data dateutil docker exceptiongroup \
fsspec graphviz greenlet griffe h11 h2 hpack httpcore httpx humanize hyperframe idna jinja2 jinja2_humanize_extension jsonpatch \
jsonpointer jsonschema jsonschema_specifications mako markdown markdown_it markupsafe mdurl oauthlib orjson packaging \
pathspec pendulum pip pkg_resources prefect pycparser pydantic pydantic_core pygments pytz readchar \
referencing regex requests requests_oauthlib rfc3339_validator rich rpds ruamel setuptools shellingham six slugify sniffio \
sqlalchemy text_unidecode toml typer typing_extensions typing_inspection tzlocal urllib3 uvicorn websockets yaml";

/// What only Prefect 2.20 depends on; of a namespace that others share, its parts.
#[rustfmt::skip]
const NEEDED_BY_2: &str = "\
croniter dns durationpy email_validator google.auth google.oauth2 importlib_resources itsdangerous kubernetes multipart pyasn1 \
pyasn1_modules python_multipart pytzdata ujson websocket";

/// What only Prefect 3.9 depends on.
#[rustfmt::skip]
const NEEDED_BY_3: &str = "\
amplitude beartype burner_redis cronsim cyclopts docket docstring_parser dotenv fastapi griffecli key_value \
opentelemetry.attributes opentelemetry.baggage opentelemetry.context opentelemetry.environment_variables \
opentelemetry.metrics opentelemetry.propagate opentelemetry.propagators opentelemetry.semconv opentelemetry.trace \
opentelemetry.util pluggy prometheus_client pydantic_extra_types pydantic_settings pythonjsonlogger redis rich_rst semver starlette \
tzdata uncalled_for whenever";

/// What Prefect needs none of, and whoever deploys flows has as a rule.
const USUAL: [&str; 11] = [
    "boto3",
    "botocore",
    "bs4",
    "dotenv",
    "jmespath",
    "numpy",
    "pandas",
    "prefect_azure",
    "requests",
    "s3transfer",
    "soupsieve",
];

/// Whether the module `dotted` is on a machine that deploys flows as a rule, whatever Prefect needs.
pub(super) fn is_usual(dotted: &str) -> bool {
    USUAL.contains(&first(dotted))
}

/// Whether the module `dotted` is of the standard library.
pub(crate) fn is_standard(dotted: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| STANDARD.split(' ').collect());
    NAMES.contains(first(dotted))
}

/// Whether the module `dotted` can be imported where only Prefect of that version is installed.
pub(crate) fn has(dotted: &str, dialect: Dialect) -> bool {
    static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NEEDED.split(' ').collect());
    let first = first(dotted);
    let own = if dialect.is_three() { NEEDED_BY_3 } else { NEEDED_BY_2 };
    let is_part = |it: &str| is_within(dotted, it) || is_within(it, dotted);
    first.starts_with('_')
        || is_standard(first)
        || NAMES.contains(first)
        || own.split(' ').any(|it| if it.contains('.') { is_part(it) } else { it == first })
}

#[cfg(test)]
mod tests {
    use super::{Dialect, has, is_standard};

    #[test]
    fn what_a_flow_needs_besides_prefect_is_not_there_by_itself() {
        let three = Dialect::cloud();
        assert!(is_standard("logging.handlers") && has("collections.abc", three));
        assert!(!is_standard("httpx") && has("httpx", three));
        assert!(!has("pandas", three) && !has("logg", three));
    }

    #[test]
    fn each_version_needs_its_own() {
        let (two, three) = (Dialect::new("2.20.27").unwrap(), Dialect::cloud());
        assert!(has("dotenv", three) && !has("dotenv", two));
        assert!(has("google.auth.transport", two) && has("google", two));
        assert!(!has("google.cloud.storage", two) && !has("google", three));
    }
}
