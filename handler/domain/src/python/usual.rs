//! What is known of packages that whoever deploys flows has as a rule: which of their classes and values pydantic takes for
//! any object.
//!
//! Source: what Prefect 3.9.1 and 2.20.27 registered for each, with pandas 3, numpy 2, requests 2, boto3 and bs4.

/// The classes of each package, and what is used like one.
#[rustfmt::skip]
const CLASSES: [(&str, &[&str]); 6] = [
    ("boto3", &["Session", "client", "resource"]),
    ("botocore", &["BaseClient", "Config", "Session", "StreamingBody"]),
    ("bs4", &["BeautifulSoup", "Comment", "NavigableString", "PageElement", "ResultSet", "Tag"]),
    ("numpy", &[
        "Generator", "NDArray", "RandomState", "array", "bool_", "bytes_", "complex128", "complex64", "datetime64",
        "dtype", "float16", "float32", "float64", "floating", "generic", "int16", "int32", "int64", "int8", "integer",
        "matrix", "ndarray", "number", "recarray", "str_", "timedelta64", "uint16", "uint32", "uint64", "uint8",
    ]),
    ("pandas", &[
        "Categorical", "CategoricalIndex", "DataFrame", "DateOffset", "DatetimeIndex", "ExcelFile", "ExcelWriter",
        "Grouper", "HDFStore", "Index", "Interval", "IntervalIndex", "MultiIndex", "Period", "PeriodIndex", "RangeIndex",
        "Series", "Timedelta", "TimedeltaIndex", "Timestamp",
    ]),
    ("requests", &["PreparedRequest", "Request", "Response", "Session"]),
];

/// Calls that give what has no JSON.
const OPAQUE: [&str; 14] = [
    "numpy.arange",
    "numpy.array",
    "numpy.empty",
    "numpy.linspace",
    "numpy.ones",
    "numpy.random.default_rng",
    "numpy.zeros",
    "pandas.DataFrame",
    "pandas.DateOffset",
    "pandas.Index",
    "pandas.Series",
    "pandas.date_range",
    "requests.Session",
    "requests.session",
];

/// Whether `dotted` is such a class.
pub(super) fn is_class(dotted: &str) -> bool {
    let (Some((first, _)), Some((_, last))) = (dotted.split_once('.'), dotted.rsplit_once('.'))
    else {
        return false;
    };
    CLASSES.iter().any(|(package, names)| *package == first && names.contains(&last))
}

/// Whether a call of `dotted` gives what has no JSON.
pub(super) fn makes_opaque(dotted: &str) -> bool {
    OPAQUE.contains(&dotted)
}

#[cfg(test)]
mod tests {
    use super::{is_class, makes_opaque};

    #[test]
    fn classes_are_known_wherever_they_are_imported_from() {
        assert!(is_class("pandas.DataFrame") && is_class("pandas.core.frame.DataFrame"));
        assert!(
            !is_class("pandas.Dataframe") && !is_class("polars.DataFrame") && !is_class("pandas")
        );
    }

    #[test]
    fn moments_and_numbers_have_a_json() {
        assert!(makes_opaque("pandas.DataFrame"));
        assert!(!makes_opaque("pandas.Timestamp") && !makes_opaque("numpy.float64"));
    }
}
