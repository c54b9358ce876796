//! What was done, out of the receipt and from the server.

use serde_json::Value;
use world::prefect::Server;

/// Prints the receipt, its plan with every difference, and the server's deployments.
pub(crate) async fn show(server: &Server, receipt: &Value) -> anyhow::Result<()> {
    println!("   receipt: {}, digest {}", text(receipt, "outcome"), text(receipt, "digest"));
    println!("   plan:");
    for step in list(receipt, "steps") {
        println!("     {} {} {}", text(step, "action"), text(step, "kind"), text(step, "name"));
        for change in list(step, "changes") {
            let json = |name| change.get(name).map(Value::to_string).unwrap_or_default();
            let (have, want) = around_difference(&json("have"), &json("want"));
            println!("         {}: {have} -> {want}", text(change, "field"));
        }
    }
    println!("   deployments on the server: {}", server.names().await?.join(", "));
    Ok(())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// Both from shortly before where they begin to differ, for one line.
fn around_difference(have: &str, want: &str) -> (String, String) {
    let common = have.chars().zip(want.chars()).take_while(|(a, b)| a == b).count();
    let from = common.saturating_sub(20);
    let part = |it: &str| {
        let dots = if from > 0 { "…" } else { "" };
        format!("{dots}{}", it.chars().skip(from).take(70).collect::<String>())
    };
    (part(have), part(want))
}
