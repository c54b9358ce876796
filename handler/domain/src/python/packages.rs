//! Which package a module comes from.

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

/// The package that `module` comes from, as an index normalises its name.
pub(crate) fn package(module: &str) -> String {
    let named = NAMED.iter().find(|(it, _)| *it == module);
    normal(named.map_or(module, |(_, package)| package))
}

/// Lower case, `-` for `_` and `.`. Source: the name normalisation of the packaging specifications.
pub(crate) fn normal(name: &str) -> String {
    name.to_lowercase().replace(['_', '.'], "-")
}
