//! `serve`: the standalone front.

use super::Exit;
use super::args::ServeArgs;
use crate::app::App;
use crate::config::Config;
use crate::reconcile::Verdict;
use crate::serve::{Options, run as serve};

pub(super) async fn run(args: &ServeArgs) -> anyhow::Result<Exit> {
    crate::telemetry::install();
    let app = App::open(Config::load()?, args.local.as_deref())?;
    let options = Options { listen: args.listen, once: args.once };
    let verdict = Box::pin(serve(&app, options)).await?;
    Ok(match verdict {
        Verdict::Done(_) | Verdict::Busy(_) => Exit::Ok,
        Verdict::Person(_) => Exit::Invalid,
        Verdict::Later(_) => Exit::Timeout,
    })
}
