crate::diagnostic::rule! {
    /// An archive holds an absolute path.
    ///
    /// ## What it finds
    ///
    /// An entry of the archive whose name starts with `/` or with a drive, `C:/…`.
    ///
    /// ## Why it matters
    ///
    /// Such a path has no place inside the bundle, and unpacking it elsewhere would be unsafe. The bundle is held.
    ///
    /// ## Example
    ///
    /// ```text
    /// /home/ada/flows/etl.py
    /// ```
    ///
    /// ## Use instead
    ///
    /// Pack the folder from inside it, so that every path is relative: `cd project && zip -r ../project.zip .`
    "absolute-path", Error
}
