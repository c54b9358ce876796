//! Where workers of Prefect 3 get the code from: pull steps in the place of storage blocks.

use serde_json::{Map, Value, json};

use super::{Case, Origin, is_repository, kind};
use crate::declare::Context;
use crate::declare::fields::Fields;
use crate::desired::{BlockRef, Field};
use crate::diagnostic::{Diagnostic, rules};
use crate::evaluate::BlockUse;

/// The pull steps where the code is not what we stage.
pub(super) fn pull(
    context: &Context<'_>,
    case: &Case<'_>,
    (origin, fields): (Origin, &Fields),
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Value>> {
    let path = fields.values.get(&Field::Path).filter(|it| it.is_string());
    match (origin, case.storage) {
        (Origin::Folder, _) => None,
        (Origin::Image, _) => path.map(|it| {
            vec![json!({"prefect.deployments.steps.set_working_directory": {"directory": it}})]
        }),
        (Origin::Storage, Some(BlockUse::Saved(block))) if is_kept(block) => {
            Some(vec![json!({"prefect.deployments.steps.pull_with_block": {
                "block_type_slug": block.r#type, "block_document_name": block.name,
            }})])
        }
        (Origin::Storage, storage) => {
            let clone = storage.and_then(|it| clone(context, case, it, found));
            if clone.is_none() {
                found.extend(storage.map(|it| replaced(context, case, it)));
            }
            clone.map(|it| vec![json!({"prefect.deployments.steps.git_clone": it})])
        }
    }
}

fn replaced(context: &Context<'_>, case: &Case<'_>, storage: &BlockUse) -> Diagnostic {
    let what = kind(storage);
    let gone = match storage {
        BlockUse::Saved(block) if what == GITHUB => {
            format!(", and this server no block `{}`", block.address())
        }
        _ => String::new(),
    };
    let message = format!(
        "Prefect 3 has no `{what}` storage{gone}; the code of this bundle is pulled instead"
    );
    let hint = "for code of a repository deploy with `flow.from_source(…).deploy(…)`, or a `git_clone` step";
    context.warning(rules::STORAGE_REPLACED, case.at, message).hint(hint)
}

/// Whether workers of Prefect 3 can read the storage.
pub(super) fn is_on_three(storage: &BlockUse) -> bool {
    is_repository(kind(storage)) || matches!(storage, BlockUse::Saved(it) if is_kept(it))
}

/// Storage that Prefect 3 has too.
fn is_kept(block: &BlockRef) -> bool {
    let known = [
        "azure-blob-storage-container",
        "s3-bucket",
        "gcs-bucket",
        "github-repository",
        "gitlab-repository",
        "bitbucket-repository",
    ];
    known.contains(&block.r#type.as_str())
}

/// The block type that Prefect 2 brings with it.
const GITHUB: &str = "github";

/// The arguments of `git_clone` for a repository; `None` where they are not known, or hold a secret in plain text.
fn clone(
    context: &Context<'_>,
    case: &Case<'_>,
    block: &BlockUse,
    found: &mut Vec<Diagnostic>,
) -> Option<Map<String, Value>> {
    match block {
        BlockUse::Saved(block) => saved(context, case, block, found),
        BlockUse::Inline(_, data) => inline(data),
    }
}

/// A worker reads the fields of a saved block itself, the secret ones too. Prefect 3 has no class for it any more, but needs
/// none for this. Source: `resolve_block_document_references` of prefect/utilities/templating, 3.9.
fn saved(
    context: &Context<'_>,
    case: &Case<'_>,
    block: &BlockRef,
    found: &mut Vec<Diagnostic>,
) -> Option<Map<String, Value>> {
    if block.r#type != GITHUB {
        return None;
    }
    let known = context.settings.live.as_ref().map(|it| it.blocks.get(block));
    if known.is_none() {
        let message = format!(
            "the block `{}` is read from the server when this is registered",
            block.address()
        );
        found.push(Diagnostic::info(rules::BLOCK_NOT_READ, context.at(case.at), message));
    }
    let fields = match known {
        None => None,
        Some(data) => Some(data?),
    };
    // a block of an early Prefect 2 lacks the newer fields
    let has = |it: &str| fields.is_none_or(|fields| fields.contains_key(it));
    let of = |it: &str| format!("{{{{ prefect.blocks.{GITHUB}.{}.{it} }}}}", block.name).into();
    let arguments =
        [("repository", "repository"), ("branch", "reference"), ("access_token", "access_token")];
    let arguments = arguments.into_iter().filter(|(_, it)| has(it));
    Some(arguments.map(|(name, it)| (name.to_owned(), of(it))).collect())
}

/// The repository of a block that the file writes out.
fn inline(data: &Map<String, Value>) -> Option<Map<String, Value>> {
    let stated = |name: &str| data.get(name).filter(|it| !it.is_null());
    if stated("access_token").or(stated("credentials")).is_some() {
        return None;
    }
    let repository = stated("repository").or(stated("repository_url"))?;
    let mut out = Map::from_iter([("repository".to_owned(), repository.clone())]);
    out.extend(stated("reference").map(|it| ("branch".to_owned(), it.clone())));
    Some(out)
}
