//! Steps that are carried out: block by block, each by one write.

use std::collections::{BTreeMap, BTreeSet};

use domain::desired::BlockRef;
use domain::report::Outcome;
use domain::secret::{Does, Life, Secrets, Step, mapped, newest};
use futures::{StreamExt as _, stream};
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::keep::{Kept, Read, keep};
use super::look::{Looked, look};
use super::{Asked, Report, body, events, shown, state};
use crate::apply::Applied;
use crate::prefect::ApiError;
use crate::prefect::write::secrets as write;
use crate::reconcile::{ReconcileError, Trouble, Verdict};
use crate::secrets::VaultError;

/// What became of one block.
#[derive(Default)]
struct Ended {
    /// By the index of the step.
    outcomes: BTreeMap<usize, Applied>,
    kept: Kept,
}

impl Ended {
    /// What was to be written was not: it ended as `outcome` instead.
    fn instead(mut self, outcome: &Applied) -> Self {
        for it in self.outcomes.values_mut().filter(|it| it.outcome == Outcome::Done) {
            *it = outcome.clone();
        }
        Self { kept: Kept::default(), ..self }
    }
}

/// Looks, carries out what is to be done, keeps what was done and tells of it.
pub(super) async fn out(asked: &Asked<'_>) -> Result<(Report, Verdict), ReconcileError> {
    let receipts = &asked.app.stores.receipts;
    let looked = look(asked).await?;
    let before = intend(asked, &looked).await?;
    let groups = groups(&looked.steps);
    let work: Vec<_> = groups.values().map(|it| group(asked, &looked, it)).collect();
    let ended = stream::iter(work).buffered(asked.prefect.writes_at_once);
    let ended: Vec<Ended> = ended.collect().await;
    let mut applied: Vec<Applied> = looked.steps.iter().map(unwritten).collect();
    let mut kept = Kept::default();
    for it in ended {
        kept.join(it.kept);
        for (at, outcome) in it.outcomes {
            if let Some(place) = applied.get_mut(at) {
                *place = outcome;
            }
        }
    }
    let mut state = looked.state.clone();
    let news = keep(&mut state, &looked, (&applied, &kept));
    // before anything is told: that may take long, and what was written must not be forgotten
    if state != before {
        state::write(receipts, &state).await?;
    }
    let kept = state.clone();
    events::tell(asked, &looked, (&news, &mut state)).await;
    if state != kept {
        state::write(receipts, &state).await?;
    }
    let verdict = verdict(&looked.steps, &applied);
    Ok((Report { plan: shown(&looked.steps), applied }, verdict))
}

/// Writes which blocks are to be made, before the first write to Prefect, so that one that is made by a pass that is killed is known
/// as ours, though not by its id; gives the state that is kept now.
async fn intend(asked: &Asked<'_>, looked: &Looked) -> Result<Secrets, ReconcileError> {
    let mut state = looked.state.clone();
    for step in looked.steps.iter().filter(|it| it.does == Does::Write) {
        if let Some(mapping) = &step.mapping {
            state.intend(&mapping.block, looked.blocks.live.get(&mapping.block));
        }
    }
    if state.blocks != looked.state.blocks {
        state::write(&asked.app.stores.receipts, &state).await?;
    }
    Ok(state)
}

/// The steps of each block that is written or deleted, by their indexes.
fn groups(steps: &[Step]) -> BTreeMap<BlockRef, Vec<(usize, &Step)>> {
    let mut groups: BTreeMap<BlockRef, Vec<(usize, &Step)>> = BTreeMap::new();
    let works = |it: &Step| matches!(it.does, Does::Write | Does::Delete);
    for (at, step) in steps.iter().enumerate().filter(|(_, it)| works(it)) {
        if let Some(mapping) = &step.mapping {
            groups.entry(mapping.block.clone()).or_default().push((at, step));
        }
    }
    groups
}

fn unwritten(step: &Step) -> Applied {
    let outcome = match step.does {
        Does::Refuse => Outcome::Skipped,
        Does::Fail { .. } => Outcome::Failed(step.reason.clone().unwrap_or_default()),
        _ => Outcome::Unchanged,
    };
    let later = matches!(step.does, Does::Fail { later: true });
    Applied { outcome, later, id: None, schedules: None }
}

async fn group(asked: &Asked<'_>, looked: &Looked, steps: &[(usize, &Step)]) -> Ended {
    let mut ended = Ended::default();
    let all = |outcome: &Applied| steps.iter().map(|(at, _)| (*at, outcome.clone())).collect();
    if Instant::now() >= asked.deadline {
        let late = Applied { outcome: Outcome::Skipped, later: true, id: None, schedules: None };
        return Ended { outcomes: all(&late), ..ended };
    }
    if steps.iter().any(|(_, it)| it.does == Does::Delete) {
        return delete(asked, looked, steps).await;
    }
    let mut data = Map::new();
    for (at, step) in steps {
        match read(asked, looked, step).await {
            Ok(Some((read, fields))) => {
                data.extend(fields);
                ended.kept.read.insert(step.secret.clone(), read);
                ended.outcomes.insert(*at, done(Outcome::Done));
            }
            Ok(None) => drop(ended.outcomes.insert(*at, done(Outcome::Unchanged))),
            Err(failed) => drop(ended.outcomes.insert(*at, failed)),
        }
    }
    if data.is_empty() {
        return ended;
    }
    let is_new = steps.iter().any(|(_, it)| !it.exists);
    if is_new && ended.outcomes.values().any(|it| matches!(it.outcome, Outcome::Failed(_))) {
        // half of it would load for nobody
        let half = failed("another secret of its block could not be read".to_owned(), true);
        return ended.instead(&half);
    }
    if let Some(missing) = lacks(looked, steps, &data) {
        return ended.instead(&failed(missing, false));
    }
    match written(asked, looked, steps, data).await {
        Ok((block, id, updated)) => ended.kept.written(&block, id, updated),
        Err(error) => {
            ended = ended.instead(&of_prefect(&error));
            // the answer may be lost: then it is ours
            let block = steps.first().and_then(|it| it.1.mapping.as_ref()).map(|it| &it.block);
            ended.kept.maybe.extend(block.filter(|_| error.is_later()).cloned());
        }
    }
    ended
}

/// Why the block cannot be made of `data`, if so: it would load for nobody.
fn lacks(looked: &Looked, steps: &[(usize, &Step)], data: &Map<String, Value>) -> Option<String> {
    let block = &steps.first()?.1.mapping.as_ref()?.block;
    if looked.blocks.live.contains_key(block) {
        return None;
    }
    let fields: BTreeSet<String> = data.keys().cloned().collect();
    let missing = looked.blocks.types.get(&block.r#type)?.lacking(&fields);
    let (address, list) = (block.address(), missing.join(", "));
    (!missing.is_empty())
        .then(|| format!("the block {address} does not exist, and cannot be made without {list}"))
}

fn done(outcome: Outcome) -> Applied {
    Applied { outcome, later: false, id: None, schedules: None }
}

fn failed(why: String, later: bool) -> Applied {
    Applied { outcome: Outcome::Failed(why), later, id: None, schedules: None }
}

fn of_prefect(error: &ApiError) -> Applied {
    failed(error.to_string(), error.is_later())
}

/// The fields that the secret is now; `None` when its version is the one that was written.
async fn read(
    asked: &Asked<'_>,
    looked: &Looked,
    step: &Step,
) -> Result<Option<(Read, Map<String, Value>)>, Applied> {
    let of_vault = |error: VaultError| failed(error.to_string(), error.is_later());
    let Some(mapping) = &step.mapping else { return Ok(None) };
    // before the value: a version that comes between them is looked into next time
    let versions = asked.vault.versions(&step.secret).await.map_err(of_vault)?;
    let (now, value) = asked.vault.read(&step.secret).await.map_err(of_vault)?;
    let meant = mapped(std::slice::from_ref(&now), &looked.state, &looked.policy);
    let is_meant = matches!(meant.first(), Some((_, Ok(it))) if it == mapping);
    if !is_meant || Life::of(&now, looked.now) != Life::Current {
        return Err(failed("the secret was changed meanwhile".to_owned(), true));
    }
    let known = looked.blocks.types.get(&mapping.block.r#type);
    let known: BTreeSet<&str> = known.map(|it| it.fields()).unwrap_or_default();
    let fields = body::fields(mapping, &value, &known).map_err(|why| failed(why, false))?;
    let reads_as_json = looked.policy.parses && body::reads_as_json(mapping, &value);
    Ok(Some((Read { now, newest: newest(&versions), reads_as_json }, fields)))
}

/// Creates the block or changes its fields; gives its address, id and time.
async fn written(
    asked: &Asked<'_>,
    looked: &Looked,
    steps: &[(usize, &Step)],
    mut data: Map<String, Value>,
) -> Result<(String, String, String), ApiError> {
    let mapping = steps.first().and_then(|it| it.1.mapping.as_ref());
    let block = mapping.map(|it| &it.block);
    let missing = || ApiError::Missing { operation: "find the type of the block".to_owned() };
    let block = block.ok_or_else(missing)?;
    let r#type = looked.blocks.types.get(&block.r#type).ok_or_else(missing)?;
    let live = looked.blocks.live.get(block);
    let fields: BTreeSet<String> = data.keys().cloned().collect();
    let schema = r#type.schema(live, &fields);
    let client = &asked.prefect;
    let Some(live) = live else {
        let schema = schema.ok_or_else(missing)?;
        let new = write::New { name: &block.name, r#type: &r#type.id, schema: &schema.id };
        let (id, updated) = write::create(client, new, data).await?;
        return Ok((block.address(), id, updated));
    };
    // in any other block every other field stays
    if looked.policy.ours.contains(block)
        && let Some(other) = live.excluded(block, &fields)
    {
        data.insert(other.to_owned(), Value::Null);
    }
    data.extend(live.inner_beside(&fields));
    let no_schema = || ApiError::Conflict {
        operation: format!("change the block {}", block.address()),
        detail: "no schema of its type has all its fields and those of the secret".to_owned(),
    };
    let schema = &schema.ok_or_else(no_schema)?.id;
    let schema = Some(schema.as_str()).filter(|it| *it != live.schema);
    let updated = write::update(client, &live.id, schema, data).await?;
    Ok((block.address(), live.id.clone(), updated))
}

async fn delete(asked: &Asked<'_>, looked: &Looked, steps: &[(usize, &Step)]) -> Ended {
    let mut ended = Ended::default();
    for (at, step) in steps {
        let address = step.mapping.as_ref().map(|it| it.block.address()).unwrap_or_default();
        let id = looked.state.blocks.get(&address).and_then(|it| it.id.clone());
        let outcome = match write::delete(&asked.prefect, &id.unwrap_or_default()).await {
            Ok(()) => {
                ended.kept.deleted.insert(address);
                done(Outcome::Done)
            }
            Err(error) => of_prefect(&error),
        };
        ended.outcomes.insert(*at, outcome);
    }
    ended
}

fn verdict(steps: &[Step], applied: &[Applied]) -> Verdict {
    let count = |outcome: &Outcome| applied.iter().filter(|it| it.outcome == *outcome).count();
    let (done, all) = (count(&Outcome::Done), steps.len());
    let text = format!("secrets: {done} written, {all} in all");
    // the job comes again for these, whatever a person has to look at besides
    if let Some(it) = applied.iter().find(|it| it.later) {
        return Verdict::Later(format!("{text}; {}", it.why()));
    }
    if let Some(it) = applied.iter().find(|it| matches!(it.outcome, Outcome::Failed(_))) {
        return Verdict::Person(Trouble::Partly, format!("{text}; {}", it.why()));
    }
    let refused = steps.iter().find(|it| it.does == Does::Refuse);
    match refused.and_then(|it| it.reason.as_ref().map(|why| (&it.secret, why))) {
        Some((secret, why)) => {
            Verdict::Person(Trouble::Refused, format!("{text}; secret `{secret}`: {why}"))
        }
        None => Verdict::Done(text),
    }
}
