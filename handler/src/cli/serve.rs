//! `serve`: the standalone front.

use serde_json::{Map, Value};

use super::args::{Output, ServeArgs};
use super::{Exit, failure, output};
use crate::app::App;
use crate::config::Config;
use crate::reconcile::Verdict;
use crate::serve::{Options, run as serve};

pub(super) async fn run(args: &ServeArgs) -> anyhow::Result<Exit> {
    match args.output {
        None => crate::telemetry::install(),
        Some(output) => crate::telemetry::install_on_stderr(output == Output::Json),
    }
    let app = App::open(Config::load()?, args.local.as_deref())?;
    let options = Options { listen: args.listen, once: args.once };
    let verdict = Box::pin(serve(&app, options)).await?;
    if args.output == Some(Output::Json) {
        output::json(document(&verdict), &failure::of_verdict(&verdict))?;
    }
    Ok(Exit::of(&verdict))
}

/// How the pass ended; each bundle's receipt says more.
fn document(verdict: &Verdict) -> Map<String, Value> {
    let (name, message) = match verdict {
        Verdict::Done(text) => ("done", text),
        Verdict::Busy(text) => ("busy", text),
        Verdict::Person(_, text) => ("person", text),
        Verdict::Later(text) => ("later", text),
        Verdict::Deferred(text) => ("deferred", text),
    };
    let members = [("verdict", name), ("message", message)];
    members.into_iter().map(|(name, it)| (name.to_owned(), it.into())).collect()
}
