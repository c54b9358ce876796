//! How the server orders the queues of a pool: a priority that is given pushes others back.

/// The queues of a pool and their priorities, which are all different.
pub(super) struct Order(Vec<(String, i64)>);

impl Order {
    /// Of `queues`, in any order.
    pub(super) fn of(queues: impl IntoIterator<Item = (String, i64)>) -> Self {
        let mut list: Vec<_> = queues.into_iter().collect();
        list.sort_by_key(|(_, it)| *it);
        Self(list)
    }

    /// The priority of `queue`.
    pub(super) fn get(&self, queue: &str) -> Option<i64> {
        self.0.iter().find(|(name, _)| name == queue).map(|(_, it)| *it)
    }

    /// Gives `queue`, which may be new, a priority; without one it comes last.
    ///
    /// Source: `bulk_update_work_queue_priorities` of prefect/server/models/workers.py, the same in 2.20 and 3.9.
    pub(super) fn set(&mut self, queue: &str, priority: Option<i64>) {
        let last = self.0.iter().map(|(_, it)| *it).max().unwrap_or_default();
        let priority = priority.unwrap_or(last + 1);
        self.0.retain(|(name, _)| name != queue);
        let at = self.0.iter().position(|(_, it)| *it >= priority).unwrap_or(self.0.len());
        self.0.insert(at, (queue.to_owned(), priority));
        let mut last = 0;
        for (_, it) in &mut self.0 {
            last = (*it).max(last + 1);
            *it = last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn a_priority_pushes_back_what_has_it_and_gaps_stay() {
        let mut order = Order::of([("default".to_owned(), 1), ("far".to_owned(), 9)]);
        order.set("high", Some(1));
        order.set("low", None);
        order.set("far", Some(2));
        let all = ["high", "far", "default", "low"].map(|it| order.get(it).unwrap());
        assert_eq!(all, [1, 2, 3, 10]);
    }
}
