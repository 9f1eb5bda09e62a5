//! How many files and connections the system lets this process have open.

/// Descriptors that are kept for what is not a visitor's connection: databases, listeners, logs, files being written.
const OWN: u64 = 128;

/// A visitor's connection, and the picture that is read for it.
const OF_ONE: u64 = 2;

/// Raises this process's limit as far as it may go, and returns how many of `wanted` connections fit in it. Says so in
/// the log.
#[must_use]
pub fn make_room_for(wanted: u32) -> u32 {
    let descriptors = match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(descriptors) => descriptors,
        // A system that has no such limit, or does not tell.
        Err(error) => {
            tracing::warn!(%error, "the limit of open files cannot be raised");
            return wanted;
        }
    };
    let fit = connections(descriptors);
    if fit < wanted {
        tracing::warn!(
            descriptors,
            connections = fit,
            wanted,
            "the system allows so few open files that there can be fewer connections than MAX_CONNECTIONS says: raise \
             its limit (ulimit -Hn, LimitNOFILE)"
        );
    } else {
        tracing::info!(
            descriptors,
            connections = wanted,
            "as many open files as the system allows"
        );
    }
    fit.min(wanted)
}

fn connections(descriptors: u64) -> u32 {
    u32::try_from(descriptors.saturating_sub(OWN) / OF_ONE)
        .unwrap_or(u32::MAX)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_descriptors_for_the_rest() {
        assert_eq!(connections(1_024), 448);
        assert_eq!(connections(100), 1);
        assert!(connections(u64::MAX) > 1_000_000);
    }

    #[test]
    fn the_limit_is_raised_as_far_as_it_goes() {
        let limit = rlimit::Resource::NOFILE;
        let (_, hard) = limit.get().expect("a limit");
        limit.set(hard / 2, hard).expect("lowered");
        assert_eq!(make_room_for(u32::MAX), connections(hard));
        assert_eq!(limit.get().expect("a limit"), (hard, hard));
    }
}
