//! Which modules come with Python and with Prefect, and which package the others come from.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Modules of Python 3.9 to 3.13, whichever has them. Source: `sys.stdlib_module_names`.
static STANDARD: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "__future__ __main__ abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop \
base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections \
colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime \
dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch \
formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html \
http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma \
mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath \
nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform \
plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random \
re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib \
sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct \
subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading \
time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata \
unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile \
zipimport zlib zoneinfo"
        .split(' ')
        .collect()
});

/// Modules of Prefect and of what it depends on. Source: the files of 2.20.27 and 3.9.1 as installed.
static INSTALLED: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "aiosqlite alembic annotated_types anyio apprise asgi_lifespan asyncpg attr attrs cachetools certifi \
charset_normalizer click cloudpickle colorama coolname croniter cryptography dateparser dateutil docker exceptiongroup \
fastapi fsspec graphviz greenlet griffe h11 h2 httpcore httpx humanize idna importlib_resources isodate jinja2 \
jinja2_humanize_extension jsonpatch jsonpointer jsonschema kubernetes mako markdown markdown_it markupsafe oauthlib \
opentelemetry orjson packaging pathspec pendulum pip pkg_resources prefect prometheus_client pydantic pydantic_core \
pydantic_extra_types pydantic_settings pygments python_multipart pythonjsonlogger pytz readchar referencing regex requests \
requests_oauthlib rich rpds ruamel setuptools shellingham six slugify sniffio sqlalchemy starlette tenacity text_unidecode \
toml typer typing_extensions tzdata tzlocal ujson urllib3 uvicorn websockets whenever yaml"
        .split(' ')
        .collect()
});

/// Modules whose package has another name than `_` for `-` tells.
const NAMED: [(&str, &str); 61] = [
    ("Crypto", "pycryptodome"),
    ("Levenshtein", "python-levenshtein"),
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyopenssl"),
    ("PIL", "pillow"),
    ("airbyte", "airbyte-api"),
    ("airtable", "airtable-python-wrapper"),
    ("arango", "python-arango"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("bson", "pymongo"),
    ("cairo", "pycairo"),
    ("cv2", "opencv-python"),
    ("dateutil", "python-dateutil"),
    ("dbt", "dbt-core"),
    ("decouple", "python-decouple"),
    ("discord", "discord.py"),
    ("docx", "python-docx"),
    ("dotenv", "python-dotenv"),
    ("editor", "python-editor"),
    ("faiss", "faiss-cpu"),
    ("fitz", "pymupdf"),
    ("git", "gitpython"),
    ("github", "pygithub"),
    ("gitlab", "python-gitlab"),
    ("googleapiclient", "google-api-python-client"),
    ("haystack", "haystack-ai"),
    ("hubspot", "hubspot-api-client"),
    ("igraph", "python-igraph"),
    ("imblearn", "imbalanced-learn"),
    ("jose", "python-jose"),
    ("jwt", "pyjwt"),
    ("kafka", "kafka-python"),
    ("ldap", "python-ldap"),
    ("magic", "python-magic"),
    ("mpl_toolkits", "matplotlib"),
    ("multipart", "python-multipart"),
    ("mysql", "mysql-connector-python"),
    ("nacl", "pynacl"),
    ("odf", "odfpy"),
    ("osgeo", "gdal"),
    ("paho", "paho-mqtt"),
    ("pkg_resources", "setuptools"),
    ("pptx", "python-pptx"),
    ("psycopg2", "psycopg2-binary"),
    ("pylab", "matplotlib"),
    ("pythoncom", "pywin32"),
    ("rest_framework", "djangorestframework"),
    ("ruamel", "ruamel.yaml"),
    ("serial", "pyserial"),
    ("skimage", "scikit-image"),
    ("sklearn", "scikit-learn"),
    ("slack", "slackclient"),
    ("slugify", "python-slugify"),
    ("socks", "pysocks"),
    ("stdnum", "python-stdnum"),
    ("telegram", "python-telegram-bot"),
    ("usb", "pyusb"),
    ("win32com", "pywin32"),
    ("yaml", "pyyaml"),
    ("zmq", "pyzmq"),
];

/// Whether Python has the module `name`.
pub(crate) fn is_standard(name: &str) -> bool {
    name.starts_with('_') || STANDARD.contains(name)
}

/// Whether an environment with Prefect has the module `name`.
pub(crate) fn is_installed(name: &str) -> bool {
    INSTALLED.contains(name)
}

/// The package that `module` comes from, as an index normalises its name.
pub(crate) fn package(module: &str) -> String {
    let named = NAMED.iter().find(|(it, _)| *it == module);
    normal(named.map_or(module, |(_, package)| package))
}

/// Lower case, `-` for `_` and `.`. Source: the name normalisation of the packaging specifications.
pub(crate) fn normal(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-")
}
