//! Sets of UIDs as commands take them: `4:6,9`.

/// Most of a command that is one set: servers limit the length of a line.
const LONGEST: usize = 4_000;

/// The sets that name these UIDs, each short enough for one command, with the UIDs it names.
pub(super) fn sets(uids: &[u32]) -> Vec<(String, Vec<u32>)> {
    let mut sorted = uids.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut sets: Vec<(String, Vec<u32>)> = Vec::new();
    for run in sorted.chunk_by(|a, b| a.checked_add(1) == Some(*b)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let text = if first == last { first.to_string() } else { format!("{first}:{last}") };
        match sets.last_mut().filter(|(set, _)| set.len() + text.len() < LONGEST) {
            Some((set, named)) => {
                set.push(',');
                set.push_str(&text);
                named.extend_from_slice(run);
            }
            None => sets.push((text, run.to_vec())),
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::LONGEST;
    use super::sets;

    #[test]
    fn neighbours_become_ranges_and_long_lists_several_commands() {
        assert_eq!(sets(&[9, 4, 6, 5, 5]), [("4:6,9".to_owned(), vec![4, 5, 6, 9])]);
        assert!(sets(&[]).is_empty());
        let every_other: Vec<u32> = (0..4_000).map(|n| 1_000_000 + 2 * n).collect();
        let sets = sets(&every_other);
        assert!(sets.len() > 5 && sets.iter().all(|(set, _)| set.len() <= LONGEST));
        let named: Vec<u32> = sets.into_iter().flat_map(|(_, named)| named).collect();
        assert_eq!(named, every_other);
    }
}
