//! Handling several files at the same time, where each waits for a server more than it works.

use std::sync::Mutex;
use std::sync::PoisonError;

/// Does the work on every item, on so many threads at most; the results keep the items' order.
pub(super) fn in_lanes<T, R>(lanes: usize, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R>
where
    T: Send,
    R: Send,
{
    let lanes = lanes.min(items.len());
    if lanes < 2 {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let run = || {
        let mut done = Vec::new();
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((at, item)) = next else { return done };
            done.push((at, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(run)).collect();
        // A lane that panicked loses its items to the next look, as one that never began them would.
        lanes.into_iter().filter_map(|lane| lane.join().ok()).flatten().collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_lanes;

    #[test]
    fn every_item_is_done_once_and_in_order_whatever_the_lanes() {
        for lanes in [1, 3, 8, 100] {
            let done = in_lanes(lanes, (0..50).collect(), |item: i32| item * 2);
            assert_eq!(done, (0..50).map(|item| item * 2).collect::<Vec<_>>());
        }
        assert!(in_lanes(8, Vec::<i32>::new(), |item| item).is_empty());
    }
}
