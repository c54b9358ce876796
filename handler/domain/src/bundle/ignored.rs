//! `.prefectignore`: which files of a bundle do not count.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::diagnostic::{Diagnostic, Position, rules};
use crate::tree::Tree;

const NAME: &str = ".prefectignore";

/// Whether `path` is a file that declares deployments; such a file counts even when ignored.
pub fn is_declaration(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    ["work-pools", "overlays"].iter().any(|it| is_yaml_of(path, it))
        || matches!(name, "prefect.yaml" | "prefect.yml")
        || ["deployment.py", "deployment.yaml", "deployment.yml"]
            .iter()
            .any(|it| name.ends_with(it))
}

/// Whether `path` is a YAML file directly in `folder`, which is at the root of the bundle.
pub(crate) fn is_yaml_of(path: &str, folder: &str) -> bool {
    let name = path.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
    let stem = name.and_then(|it| it.strip_suffix(".yaml").or_else(|| it.strip_suffix(".yml")));
    stem.is_some_and(|it| !it.is_empty() && !it.contains('/'))
}

/// `tree` without the files that a `.prefectignore` in their folder or above excludes, with git's rules: a deeper file
/// wins over a higher one, a later line over an earlier one.
pub fn without_ignored(mut tree: Tree) -> (Tree, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let matchers = matchers(&tree, &mut diagnostics);
    let ignored: Vec<String> = tree
        .paths()
        .filter(|path| !is_declaration(path) && is_ignored(&matchers, path))
        .map(str::to_owned)
        .collect();
    for path in ignored {
        tree.ignore(path);
    }
    (tree, diagnostics)
}

/// The folder, with a slash at the end unless it is the root, and its patterns; deepest first.
fn matchers(tree: &Tree, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, Gitignore)> {
    let files = tree.paths().filter_map(|path| {
        let folder = path.strip_suffix(NAME)?;
        (folder.is_empty() || folder.ends_with('/')).then_some((folder, path))
    });
    let mut found: Vec<_> =
        files.map(|(folder, path)| (folder.to_owned(), matcher(tree, path, diagnostics))).collect();
    found.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    found
}

fn matcher(tree: &Tree, path: &str, diagnostics: &mut Vec<Diagnostic>) -> Gitignore {
    let Some(text) = tree.text(path) else {
        let at = Position::start_of(path);
        let found = Diagnostic::error(
            rules::UNREADABLE_IGNORE_FILE,
            at,
            "the ignore file is too large or not UTF-8",
        );
        diagnostics.push(found.hint("save it as UTF-8"));
        return Gitignore::empty();
    };
    let mut builder = GitignoreBuilder::new("");
    for (number, line) in (1..).zip(text.lines()) {
        if let Err(error) = builder.add_line(None, line) {
            let at = Position::new(path, number, 1);
            let found = Diagnostic::warning(rules::INVALID_IGNORE_PATTERN, at, error.to_string());
            diagnostics.push(found.hint("write the pattern as in .gitignore"));
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

fn is_ignored(matchers: &[(String, Gitignore)], path: &str) -> bool {
    // A file below an ignored folder cannot come back: git does not look into it.
    let ends = path.match_indices('/').map(|(at, _)| (at, true)).chain([(path.len(), false)]);
    for (end, is_folder) in ends {
        let part = path.get(..end).unwrap_or(path);
        let decision = matchers
            .iter()
            .filter_map(|(folder, matcher)| Some((part.strip_prefix(folder.as_str())?, matcher)))
            .map(|(inner, matcher)| matcher.matched(Path::new(inner), is_folder))
            .find(|it| !it.is_none());
        match decision {
            Some(it) if it.is_ignore() => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(files: &[(&str, &str)], want: Expect) {
        let (tree, diagnostics) = without_ignored(Tree::of_texts(files.iter().copied()));
        let mut out: Vec<String> = tree.paths().map(str::to_owned).collect();
        out.extend(
            diagnostics.iter().map(|it| format!("{} {}:{}", it.code, it.at.file, it.at.line)),
        );
        want.assert_eq(&out.join("\n"));
    }

    #[test]
    fn ignored_files_do_not_count_and_declarations_do() {
        check(
            &[
                (
                    ".prefectignore",
                    "# data\noverlays/\nwork-pools/*\n*.csv\n/build/\n!keep.csv\nprefect.yaml\n",
                ),
                ("a.csv", ""),
                ("build/x.py", ""),
                ("build/daily.deployment.py", ""),
                ("src/build/y.py", ""),
                ("src/keep.csv", ""),
                ("prefect.yaml", ""),
                ("overlays/prod.yaml", ""),
                ("work-pools/aks.yaml", ""),
            ],
            expect![[r"
                .prefectignore
                build/daily.deployment.py
                overlays/prod.yaml
                prefect.yaml
                src/build/y.py
                src/keep.csv
                work-pools/aks.yaml"]],
        );
    }

    #[test]
    fn a_deeper_ignore_file_wins() {
        check(
            &[
                (".prefectignore", "*.txt"),
                ("lib/.prefectignore", "!a.txt\n/b.py"),
                ("lib/a.txt", ""),
                ("lib/b.py", ""),
                ("lib/sub/b.py", ""),
                ("z.txt", ""),
            ],
            expect![[r"
                .prefectignore
                lib/.prefectignore
                lib/a.txt
                lib/sub/b.py"]],
        );
    }

    #[test]
    fn a_bad_pattern_is_named_with_its_line() {
        check(
            &[(".prefectignore", "ok\n[z-a]\n{\n")],
            expect![[r"
                .prefectignore
                invalid-ignore-pattern .prefectignore:2
                invalid-ignore-pattern .prefectignore:3"]],
        );
    }
}
