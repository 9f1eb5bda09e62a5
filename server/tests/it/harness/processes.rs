//! What the system says of processes.

use std::{fs, path::PathBuf};

fn file(id: u32, name: &str) -> Option<String> {
    fs::read_to_string(PathBuf::from(format!("/proc/{id}/{name}"))).ok()
}

/// Kilobytes that a process had in memory at most, so far; none when it is gone.
pub fn peak_kilobytes(id: u32) -> Option<u64> {
    let status = file(id, "status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// The processes that a process has started, and that are not over.
pub fn children(id: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").expect("a system that says").flatten();
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|child| {
            // After the name, which is in brackets: the state, then who started it.
            let stat = file(*child, "stat").unwrap_or_default();
            let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
            let (state, parent) = (fields.next(), fields.next());
            state != Some("Z") && parent == Some(&id.to_string())
        })
        .collect()
}

/// The bound of a process, as `/proc/ID/limits` names it.
pub fn bound(id: u32, name: &str) -> Option<u64> {
    let limits = file(id, "limits")?;
    let line = limits.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The variables of a process's environment.
pub fn environment(id: u32) -> Option<String> {
    file(id, "environ")
}
