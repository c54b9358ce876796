//! One worker at a time for all secrets: two of them may go to one block. Who comes meanwhile leaves a note.

use domain::job::{Cause, Job, Options};
use domain::secret::SecretName;

use super::state::FOLDER;
use super::{Asked, Report, carry};
use crate::reconcile::lease::{self, Place};
use crate::reconcile::{ReconcileError, Verdict};
use crate::stores::Condition;

/// The note for every secret: no name of one.
const WHOLE: &str = ".all";
/// How often a holder looks again because somebody left a note.
const AGAIN: u32 = 3;

/// Works on what is asked, or notes it for the one who is at it.
pub(super) async fn taken(asked: &Asked<'_>) -> Result<Verdict, ReconcileError> {
    let work = async { Ok(worked(asked).await?.1) };
    match Box::pin(lease::alone(&place(asked), work)).await? {
        Some(verdict) => Ok(verdict),
        None => busy(asked).await,
    }
}

/// Works on what is asked, with every step; an error where another is at it.
pub(super) async fn reported(asked: &Asked<'_>) -> Result<(Report, Verdict), ReconcileError> {
    let mut report = None;
    let work = async {
        let (steps, verdict) = worked(asked).await?;
        report = Some(steps);
        Ok(verdict)
    };
    let verdict = Box::pin(lease::alone(&place(asked), work)).await?;
    match (report, verdict) {
        (Some(report), Some(verdict)) => Ok((report, verdict)),
        _ => Err(ReconcileError::Busy),
    }
}

fn place<'a>(asked: &Asked<'a>) -> Place<'a> {
    let receipts = &asked.app.stores.receipts;
    let key = format!("{FOLDER}/lease");
    Place { receipts, key, what: "secrets".to_owned(), deadline: asked.deadline }
}

fn note(name: Option<&SecretName>) -> String {
    format!("{FOLDER}/pending/{}", name.map_or(WHOLE, SecretName::as_str))
}

async fn busy(asked: &Asked<'_>) -> Result<Verdict, ReconcileError> {
    let text = "secrets: another worker is at it".to_owned();
    if asked.job.options != Options::default() || asked.job.cause == Cause::Redeploy {
        return Ok(Verdict::Later(text));
    }
    let receipts = &asked.app.stores.receipts;
    receipts.write(&note(asked.name.as_ref()), Vec::new(), Condition::Any).await?;
    Ok(Verdict::Busy(text))
}

/// Works, and again on what others noted meanwhile: without what this job asks for.
async fn worked(asked: &Asked<'_>) -> Result<(Report, Verdict), ReconcileError> {
    let receipts = &asked.app.stores.receipts;
    receipts.delete(&note(asked.name.as_ref())).await?;
    let (report, mut verdict) = carry::out(asked).await?;
    let plain = Job { options: Options::default(), cause: Cause::Replay, ..asked.job.clone() };
    for _ in 1..AGAIN {
        let noted = receipts.list(&format!("{FOLDER}/pending/")).await?;
        let Some(first) = noted.first() else { break };
        for item in &noted {
            receipts.delete(&item.key).await?;
        }
        // of several one whole pass is less
        let one = first.key.rsplit('/').next().filter(|it| noted.len() == 1 && *it != WHOLE);
        let name = one.and_then(|it| SecretName::new(it).ok());
        let prefect = asked.prefect.for_job();
        let again = Asked { prefect, job: &plain, name, ..*asked };
        match carry::out(&again).await {
            Ok((_, then)) => verdict = verdict.worse(then),
            Err(error) => {
                // what was noted is not done: the next one finds it
                let name = again.name.as_ref();
                receipts.write(&note(name), Vec::new(), Condition::Any).await?;
                return Err(error);
            }
        }
    }
    Ok((report, verdict))
}
