//! Secrets x blocks x events, on real servers: whether the block is written, and what the status says.

mod stage;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use world::prefect::Server;
use world::vault::Operation;

use crate::servers::{three, two};
use stage::{Row, Stage};

/// What becomes of a secret (down) with a block (across), whatever the event: that only says where to look.
///
/// - `write`: the vault's value is read and written
/// - `keep`: nothing is read or written, and the status says in which state the secret is
/// - `refuse`: as `keep`, and the status has a problem for a person to solve
/// - `ignore`: nothing is read or written, and the status knows no such secret
const TABLE: &str = "
              none   ours   changed gone   namesake foreign no-field no-type remade
current       write  keep   write   write  write    refuse  refuse   refuse  refuse
new-version   write  write  write   write  write    refuse  refuse   refuse  refuse
recovered     write  keep   write   write  write    refuse  refuse   refuse  refuse
disabled      keep   keep   keep    keep   keep     refuse  refuse   refuse  refuse
not-yet-valid keep   keep   keep    keep   keep     refuse  refuse   refuse  refuse
expired       keep   keep   keep    keep   keep     refuse  refuse   refuse  refuse
deleted       ignore keep   keep    keep   ignore   keep    keep     keep    keep
purged        ignore keep   keep    keep   ignore   keep    keep     keep    keep
untagged      ignore ignore ignore  ignore ignore   ignore  ignore   ignore  ignore
new-untagged  ignore refuse refuse  refuse ignore   ignore  ignore   ignore  refuse
";
/// Ten secrets, nine blocks, and what makes us look.
const ROWS: usize = 10 * 9 * (EVENTS.len() + 1);

const TIMER: &str = "timer";
const EVENTS: [&str; 3] = ["SecretNewVersionCreated", "SecretNearExpiry", "SecretExpired"];

/// Each cell of the table with each event, and with the timer.
fn rows() -> Vec<Row> {
    let mut lines = TABLE.trim().lines().map(str::split_whitespace);
    let blocks: Vec<&str> = lines.next().unwrap().collect();
    let mut rows = Vec::new();
    for mut line in lines {
        let secret = line.next().unwrap();
        for (block, want) in blocks.iter().zip(line) {
            let events = EVENTS.into_iter().chain([TIMER]);
            rows.extend(events.map(|event| Row { secret, block, event, want }));
        }
    }
    rows
}

#[test]
fn each_event_meets_each_secret_with_each_block() {
    let rows = rows();
    let met: BTreeSet<_> = rows.iter().map(|it| (it.secret, it.block, it.event)).collect();
    assert_eq!((met.len(), rows.len()), (ROWS, ROWS));
}

/// What was seen of a row.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// Which version of whose value the block holds.
    holds: String,
    writes: usize,
    is_read: bool,
    status: String,
}

impl Row {
    /// What the table says of it.
    fn wanted(&self) -> Seen {
        let is_written = self.want == "write";
        let before = match self.block {
            "ours" => "one",
            "changed" => "by hand",
            "foreign" | "remade" => "theirs",
            _ => "nothing",
        };
        let current = if self.secret == "new-version" { "two" } else { "one" };
        let holds = if is_written { current } else { before };
        let state = match self.secret {
            "new-version" | "recovered" | "new-untagged" => "current",
            other => other,
        };
        let status = match self.want {
            "ignore" => "unknown".to_owned(),
            "refuse" => format!("{state}, a problem"),
            _ => state.to_owned(),
        };
        let (holds, writes) = (holds.to_owned(), usize::from(is_written));
        Seen { holds, writes, is_read: is_written, status }
    }
}

impl Stage {
    /// The event happens to its rows; gives those that end otherwise than the table says, with what is said and what is so.
    async fn differences(&self, event: &str) -> Vec<(String, Seen, Seen)> {
        let rows: Vec<&Row> = self.each(|it| it.event == event).collect();
        self.forget();
        if event == TIMER {
            self.it.it.timer().await;
        } else {
            for row in &rows {
                let event = world::events::of_secret(self.it.name, &row.name(), event);
                self.it.it.host.invoke("VaultEvents", event).await.unwrap();
            }
            self.it.it.host.settled().await.unwrap();
        }
        let found = self.seen(&rows).await;
        let both = rows.iter().zip(found).map(|(row, seen)| (row.name(), row.wanted(), seen));
        both.filter(|(_, wanted, seen)| wanted != seen).collect()
    }

    /// What was done to `rows`, and how they are now; it was done to no other.
    async fn seen(&self, rows: &[&Row]) -> Vec<Seen> {
        let blocks = self.blocks(rows).await;
        let mut writes = self.written(&blocks);
        let mut read = self.it.vault.asked(Operation::Value);
        let (_, status) = self.it.it.host.status(json!({})).await.unwrap();
        let mut found = Vec::new();
        for row in rows {
            let name = row.name();
            let value = blocks.get(&name).map_or("nothing", |(_, value)| value);
            let is_read = read.contains(&name);
            read.retain(|it| *it != name);
            found.push(Seen {
                holds: value.trim_end_matches(&format!(" {name}")).to_owned(),
                writes: writes.remove(&name).unwrap_or_default(),
                is_read,
                status: told(&status, &name),
            });
        }
        assert_eq!((writes, read), (BTreeMap::new(), Vec::new()), "of other rows");
        found
    }

    /// How often each block was written since the last [`Stage::forget`], and nothing else was but events.
    fn written(&self, blocks: &BTreeMap<String, (String, String)>) -> BTreeMap<String, usize> {
        let mut count = BTreeMap::new();
        for it in self.it.it.proxy.exchanges().iter().filter(|it| !it.request.ends_with("/events"))
        {
            let named =
                |(_, (id, _)): &(&String, &(String, String))| it.request.ends_with(id.as_str());
            let changed = blocks.iter().find(named).map(|(name, _)| name.as_str());
            let name = changed.or(it.sent["name"].as_str()).unwrap_or(&it.request);
            *count.entry(name.to_owned()).or_default() += 1;
        }
        assert_eq!(count.values().sum::<usize>(), self.it.it.writes().len(), "{count:?}");
        count
    }
}

/// What the status says of the secret `name`.
fn told(status: &Value, name: &str) -> String {
    let mut rows = status["secrets"].as_array().unwrap().iter();
    let row = rows.find(|it| it["secret"] == name);
    let state = row.and_then(|it| it["state"].as_str()).unwrap_or("unknown");
    let has_problem = row.is_some_and(|it| it["problem"].is_string());
    format!("{state}{}", if has_problem { ", a problem" } else { "" })
}

async fn the_table_holds(name: &'static str, server: &'static Server) {
    let it = Stage::start(name, server, rows()).await;
    let mut differences = Vec::new();
    // the timer last, and to all: what an event has settled is not touched again
    for event in EVENTS.into_iter().chain([TIMER]) {
        differences.extend(it.differences(event).await);
    }
    assert!(differences.is_empty(), "{differences:#?}");
    let namesakes = it.each(|it| it.block == "namesake").count();
    assert_eq!(it.namesakes().await, vec!["theirs"; namesakes]);
    it.forget();
    it.it.it.timer().await;
    assert_eq!(it.it.it.writes(), [""; 0], "a second pass writes nothing");
    assert_eq!(it.it.vault.asked(Operation::Value), [""; 0], "and reads no value");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_secret_with_every_block_ends_as_the_table_says_whatever_the_event() {
    the_table_holds("table-3", three().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_prefect_2_every_secret_with_every_block_ends_as_the_table_says_whatever_the_event() {
    the_table_holds("table-2", two().await).await;
}
