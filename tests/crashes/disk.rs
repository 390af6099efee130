//! The disk fails: it cannot make durable what was written, it is full, it may only be read, or there are no files left to open (THREATS F27–F29).

use crate::ground::{Ground, a_complaint_and_a_reply};
use crate::harness::process::program;
use crate::strace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(60);
/// Complaints of the generator.
const COMPLAINTS: [usize; 2] = [20, 22];
/// A mailbox and the outbox are looked at again after a minute at most.
const LATER: Duration = Duration::from_secs(90);
const A_WHILE: Duration = Duration::from_secs(4);

#[test]
fn f27_what_was_not_made_durable_is_told_to_nobody() {
    let ground = Ground::new(8, a_complaint_and_a_reply);
    let run = ground.run();
    let daemon = run.starts(&[], &strace::failing("fdatasync,fsync", "EIO", "1+"));
    std::thread::sleep(A_WHILE);
    assert_eq!((run.letters(), run.waiting()), (0, 2), "nothing leaves and nothing is filed while nothing can be made durable:\n{}", run.last_words());
    daemon.dies();
    run.must_be_whole("F27 from the first on");
    for number in 1..=6 {
        let run = ground.run();
        let daemon = run.starts(&[], &strace::failing("fdatasync,fsync", "EIO", &number.to_string()));
        assert!(!daemon.was_killed_before_its_end(SOON), "{}", run.last_words());
        run.must_be_whole(&format!("F27 at the {number}th"));
    }
}

#[test]
fn f28_a_disk_that_was_full_goes_on_when_there_is_room_again() {
    let ground = Ground::new(2, a_complaint_and_a_reply);
    for room in [0, 64] {
        let disk = Disk::of(&ground.disk(), "16m");
        let run = ground.run();
        let mut daemon = run.starts(&[], &[]);
        assert!(daemon.rests(SOON), "{}", run.last_words());
        let (filled, letters) = (disk.fill(room), run.letters());
        run.gets(COMPLAINTS.map(|index| ground.generator.entry(index)).to_vec());
        std::thread::sleep(A_WHILE);
        assert!(room > 0 || (run.letters(), run.waiting()) == (letters, 2), "what could not be kept is neither answered nor filed:\n{}", run.last_words());
        fs::remove_file(filled).unwrap();
        assert!(daemon.rests(LATER), "with {room} KiB it does not go on by itself:\n{}", run.last_words());
        daemon.stops();
        run.must_be_whole(&format!("F28 with {room} KiB"));
    }
}

#[test]
fn f29_a_disk_that_may_only_be_read_and_too_few_files_lose_nothing() {
    let ground = Ground::new(4, a_complaint_and_a_reply);
    let disk = Disk::of(&ground.disk(), "16m");
    let run = ground.run();
    disk.remount("ro");
    let mut daemon = run.starts(&[], &[]);
    let ended = daemon.ends(A_WHILE);
    assert!(ended.is_none_or(|status| !status.success()), "{}", run.last_words());
    assert_eq!((run.letters(), run.waiting()), (0, 2), "{}", run.last_words());
    drop(daemon);
    disk.remount("rw");
    run.must_be_whole("F29 read-only");
    for files in [12, 20, 26] {
        let run = ground.run();
        let daemon = run.starts(&[], &limited(files));
        std::thread::sleep(A_WHILE);
        daemon.dies();
        run.must_be_whole(&format!("F29 {files} files"));
    }
}

fn limited(files: u32) -> Vec<String> {
    vec![program("prlimit", "util-linux").display().to_string(), format!("--nofile={files}")]
}

/// A small disk of its own for the database.
struct Disk(PathBuf);

impl Disk {
    fn of(folder: &Path, size: &str) -> Self {
        mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"], folder);
        Self(folder.to_owned())
    }

    /// Leaves so many KiB free. Gives the file that takes the rest.
    fn fill(&self, room: usize) -> PathBuf {
        let file = self.0.join("filled");
        let _ = fs::write(&file, vec![1; 16 << 20]);
        let held = fs::metadata(&file).unwrap().len();
        fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(held.saturating_sub(room as u64 * 1024)).unwrap();
        file
    }

    fn remount(&self, how: &str) {
        mount(&["-o", &format!("remount,{how}")], &self.0);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(words: &[&str], folder: &Path) {
    let done = Command::new(program("mount", "mount")).args(words).arg(folder).status().unwrap();
    assert!(done.success(), "this test mounts a small disk: run it as root, where mounting is allowed");
}
