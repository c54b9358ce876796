//! The promises, on real servers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api_key;
mod automations;
mod command_line;
mod compared;
mod conversion;
mod converted;
mod copies;
mod corpus;
mod credentials;
mod entra;
mod events;
mod faults;
mod function_app;
mod installation;
mod legacy;
mod model;
mod poison;
mod pools;
mod prune;
mod recorded;
mod redeploy;
mod rotation;
mod runs;
mod schedules;
mod schemas;
mod secrets;
mod serve;
mod servers;
mod stores;
mod theirs;
mod tidy;
mod together;
mod trial;
mod vault;
