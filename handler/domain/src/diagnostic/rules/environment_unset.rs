crate::diagnostic::rule! {
    /// A deployment file reads an environment variable that has no value and no default.
    ///
    /// ## What it finds
    ///
    /// `os.getenv("NAME")` and `os.environ.get("NAME")` without a default, where `NAME` is not among the names that the
    /// operator allows or supplies. In a module that the file imports it is a note.
    ///
    /// ## Why it matters
    ///
    /// `None` is taken for it, as Python does where it is not set. Where the author has set it, the file may register
    /// something else.
    ///
    /// ## Example
    ///
    /// ```python
    /// etl.deploy(name="nightly", work_pool_name="k8s", image=f"etl:{os.getenv('TAG')}")
    /// ```
    ///
    /// ## Use instead
    ///
    /// Write a default, or supply the value: by `SYNC_ENV=TAG`, on the command line by `--env TAG=…`.
    ///
    /// ```python
    /// etl.deploy(name="nightly", work_pool_name="k8s", image=f"etl:{os.getenv('TAG', 'latest')}")
    /// ```
    "environment-unset", Warning
}
