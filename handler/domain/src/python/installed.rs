//! Packages that are there wherever Prefect is: the standard library, and what Prefect needs itself.

/// The standard library. Source: `sys.stdlib_module_names` of Python 3.11, without what no flow imports.
#[rustfmt::skip]
const STANDARD: &str = "\
__future__ \
abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 \
cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent \
configparser contextlib contextvars copy copyreg csv ctypes curses dataclasses datetime dbm decimal difflib \
dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch \
fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http \
imaplib imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox \
mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nntplib numbers operator optparse os \
pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posixpath pprint profile pstats pty pwd \
py_compile pyclbr pydoc pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched \
secrets select selectors shelve shlex shutil signal site smtpd smtplib socket socketserver sqlite3 ssl stat \
statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib \
tempfile termios textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc tty types \
typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc \
zipapp zipfile zipimport zlib zoneinfo";

/// What Prefect 2.20 and 3.9 depend on.
#[rustfmt::skip]
const NEEDED: &str = "\
aiosqlite alembic amplitude annotated_types anyio apprise asgi_lifespan asyncpg attr cachetools certifi click \
cloudpickle coolname croniter cryptography dateparser dateutil docker dotenv exceptiongroup fastapi fsspec \
graphviz griffe h11 h2 httpcore httpx humanize idna jinja2 jsonpatch jsonschema mako markdown markupsafe \
opentelemetry orjson packaging pathspec pendulum prefect prometheus_client pydantic pydantic_core \
pydantic_extra_types pydantic_settings pygments pytz readchar referencing regex requests rich rpds ruamel \
shellingham six slugify sniffio sqlalchemy starlette tenacity text_unidecode toml typer typing_extensions \
typing_inspection tzlocal ujson urllib3 uvicorn websockets yaml";

/// Whether the module `dotted` is of the standard library.
pub(super) fn is_standard(dotted: &str) -> bool {
    let first = dotted.split('.').next().unwrap_or(dotted);
    STANDARD.split(' ').any(|it| it == first)
}

/// Whether the module `dotted` can be imported wherever Prefect can.
pub(super) fn has(dotted: &str) -> bool {
    let first = dotted.split('.').next().unwrap_or(dotted);
    is_standard(first) || NEEDED.split(' ').any(|it| it == first)
}

#[cfg(test)]
mod tests {
    use super::{has, is_standard};

    #[test]
    fn what_a_flow_needs_besides_prefect_is_not_there_by_itself() {
        assert!(is_standard("logging.handlers") && has("collections.abc") && has("httpx"));
        assert!(!is_standard("httpx") && !has("pandas") && !has("logg"));
    }
}
