crate::diagnostic::rule! {
    /// Workers do not find a module of the bundle.
    ///
    /// ## What it finds
    ///
    /// An import in a flow's file of a module that the bundle has, but not where workers look (the folder of the file,
    /// and the folder they start in), or that `.prefectignore` excludes; `from ..module import …`, since the file is
    /// imported alone; and a name that the module does not have. Nothing is said of a file that changes `sys.path`, nor
    /// of a bundle that can be installed.
    ///
    /// ## Why it matters
    ///
    /// The import raises, so that no run of the flow can start. On the author's machine it works when it is started
    /// from another folder.
    ///
    /// ## Example
    ///
    /// ```text
    /// flows/etl.py      from helpers import clean
    /// lib/helpers.py
    /// ```
    ///
    /// ## Use instead
    ///
    /// Move the module beside the flow, or import it from the root: `from lib.helpers import clean`.
    "unresolved-import", Warning
}
