//! What hostile or broken records, a full disk and a topic that takes nothing come to.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::articles::{Expect, Raw, bare, long, mixed, native};
use crate::cluster::{Brokers, Cluster, cluster, heavy, pause, say};
use crate::delivery::{await_part, desk, fill, finish, read};
use crate::kafka::{await_committed, committed, create, ends, progress, send};
use crate::process::{Desk, Running};

/// How long some hundred records may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A gzip stream that inflates to so many bytes.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    (0..bytes >> 20).for_each(|_| gzip.write_all(&zeros).expect("compresses"));
    gzip.finish().expect("compresses")
}

/// Articles that `make` makes, and in place of one in so many each kind of record in turn that is none.
fn with_hostile(count: usize, one_in: usize, make: impl Fn(usize) -> Raw) -> Vec<Raw> {
    let bomb = bomb(64 << 20);
    let large = vec![b'x'; (8 << 20) + 1];
    let hostile = |kind: usize, number: usize| match kind % 4 {
        0 => bare(
            Some(format!("{{\"title\": \"breaks off at {number}").into_bytes()),
            Expect::DeadLetter("malformed_json"),
        ),
        1 => bare(Some(large.clone()), Expect::DeadLetter("too_large")),
        2 => bare(Some(bomb.clone()), Expect::DeadLetter("too_large")),
        _ => Raw { value: None, expect: Expect::Retraction, ..native(number) },
    };
    let any = |number: usize| if number % one_in == 7 { hostile(number / one_in, number) } else { make(number) };
    (0..count).map(any).collect()
}

/// A desk whose raw topic takes records that are too large for it.
fn roomy(cluster: &Cluster, name: &str) -> Desk {
    let desk = Desk::new(cluster.brokers(), name).with("kafka.properties.fetch_message_max_bytes", "20000000");
    let large = [("max.message.bytes", "20000000")];
    create(&desk.brokers, &[&desk.raw, &desk.dead_letter], 3, &large);
    create(&desk.brokers, &[&desk.enriched], 3, &[]);
    desk
}

#[test]
fn hostile_records_end_as_dead_letters_byte_for_byte() {
    let Some(cluster) = cluster() else { return };
    let desk = roomy(cluster, "hostile");
    let mut ledger = fill(&desk, with_hostile(400, 20, native));
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    ledger.check_exactly_once();
    assert_eq!(ledger.reasons(), [("malformed_json".to_owned(), 5), ("too_large".to_owned(), 10)].into());
    running.stop();
}

/// The processor time that a process has used so far, in seconds.
fn processor_seconds(running: &Running) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", running.id())).expect("it runs");
    // User and system time are the 14th and 15th field, in hundredths of a second; the second may contain spaces.
    let fields: Vec<&str> = stat.rsplit_once(')').expect("a name").1.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / 100.0
}

/// What so many records cost a process, in seconds of processor time and of a clock.
fn cost(cluster: &Cluster, name: &str, records: Vec<Raw>) -> (f64, f64) {
    let desk = roomy(cluster, name);
    let last: Vec<_> = send(&desk.brokers, &desk.raw, records).into_iter().map(|(place, _)| place).collect();
    let mut running = desk.run();
    running.await_words("partitions assigned");
    let (before, began) = (processor_seconds(&running), Instant::now());
    await_committed(&desk.brokers, &desk.group, last.iter(), Duration::from_secs(900));
    let cost = (processor_seconds(&running) - before, began.elapsed().as_secs_f64());
    running.stop();
    cost
}

#[test]
#[ignore = "takes minutes"]
fn one_hostile_record_in_a_hundred_costs_little() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    // Articles of the usual length.
    let (count, article) = (10_000, |number| long(number, 4_000));
    let (mut processor, mut clock) = (Vec::new(), Vec::new());
    for pair in 0..5 {
        let clean = cost(cluster, &format!("clean-{pair}"), (0..count).map(article).collect());
        let hostile = cost(cluster, &format!("dirty-{pair}"), with_hostile(count, 100, article));
        processor.push(hostile.0 / clean.0);
        clock.push(hostile.1 / clean.1);
        say(&format!("clean {clean:.2?}, with 1 % hostile {hostile:.2?} s of processor and clock"));
    }
    for (what, mut ratios) in [("processor", processor), ("clock", clock)] {
        ratios.sort_by(f64::total_cmp);
        let median = ratios[ratios.len() / 2];
        say(&format!("1 % malformed, oversize, zip bombs and retractions: {what} {ratios:.3?}, median {median:.3}"));
    }
}

#[test]
fn a_dead_letter_topic_that_may_not_be_written_to_stops_the_taking_and_drops_nothing() {
    let Some(cluster) = cluster() else { return };
    let _heavy = heavy();
    cluster.rule("--add --allow-principal", "wiredesk", "unwritable");
    let desk =
        desk(cluster, "unwritable", "exactly_once").with("batch.records_max", "25").with("shutdown.linger_ms", "0");
    let secured = [
        ("kafka.brokers", cluster.of("KAFKA_BOOTSTRAP_SASL")),
        ("kafka.sasl.mechanism", "PLAIN"),
        ("kafka.sasl.username", "wiredesk"),
        ("kafka.sasl.password", cluster.of("KAFKA_WIREDESK_PASSWORD")),
    ];
    let desk = secured.iter().fold(desk, |desk, (key, value)| desk.with(key, value));
    let mut early = mixed(600);
    let late = early.split_off(100);
    let mut ledger = fill(&desk, early);
    let running = desk.run();
    await_part(&desk, &ledger, 0.1);
    cluster.rule("--add --deny-principal", "wiredesk", &desk.dead_letter);
    // The rule takes seconds to be made: the early ones may all have ended by then.
    ledger.extend(send(&desk.brokers, &desk.raw, late));
    let (status, said) = running.wait(PATIENCE);
    assert_eq!(status.code(), Some(1), "{said}");
    let verdict = said.lines().last().unwrap_or_default();
    assert!(verdict.starts_with("error:") && verdict.contains(&desk.dead_letter), "{said}");
    // Nothing is lost and nothing doubled so far: what has no end is not committed.
    read(&desk, &mut ledger);
    ledger.check_committed(&committed(&desk.brokers, &desk.group, &ends(ledger.places())));
    cluster.rule("--remove --force --deny-principal", "wiredesk", &desk.dead_letter);
    let running = desk.run();
    finish(&desk, &mut ledger, PATIENCE);
    ledger.check_exactly_once();
    running.stop();
}

/// A small file system for the data of a broker; unmounted when it is let go.
struct Disk(std::path::PathBuf);

impl Disk {
    /// `None`, loudly, where nothing may be mounted.
    fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a folder");
        let options = format!("size={size}");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "none"]).arg(at).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(at.to_owned()));
        }
        say("SKIP a full disk: no file system may be mounted here");
        None
    }

    /// Leaves no room.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.0.join("filler")).expect("a file");
        // It ends with the error that is wanted.
        while file.write_all(&[0; 64 << 10]).is_ok() {}
    }

    fn empty(&self) {
        std::fs::remove_file(self.0.join("filler")).expect("removed");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
#[ignore = "takes minutes"]
fn full_disks_of_all_brokers_are_outlived() {
    let _heavy = heavy();
    let data = Brokers::data("full");
    let mount = |broker: usize| Disk::mount(&data.join(broker.to_string()), "400m");
    let Some(disks) = (1..=3).map(mount).collect::<Option<Vec<Disk>>>() else { return };
    let Some(brokers) = Brokers::start("full") else { return };
    // They are let go before the brokers, whose folders cannot be removed while something is mounted there.
    let disks = disks;
    let desk = Desk::new(&brokers.addresses, "full").with("memory.budget", "64MiB");
    create(&desk.brokers, &[&desk.raw, &desk.enriched, &desk.dead_letter], 3, &[]);
    let mut ledger = fill(&desk, mixed(20_000));
    let running = desk.run();
    await_part(&desk, &ledger, 0.05);
    disks.iter().for_each(Disk::fill);
    pause(Duration::from_secs(120));
    let peak = crate::memory::peak(&running);
    let ended = brokers.ended();
    disks.iter().for_each(Disk::empty);
    // A broker ends when its only disk fails, and what is left of one that has not is in no state to go on: all three are
    // started anew, as an operator would. One by itself elects nobody.
    brokers.command("stop");
    brokers.command("start");
    let healed = Instant::now();
    let ends = ends(ledger.places());
    let done = || progress(&desk.brokers, &desk.group, &ends);
    let before = done();
    while done() <= before {
        assert!(healed.elapsed() < Duration::from_secs(60), "nothing gets on:\n{}", running.said());
        pause(Duration::from_millis(500));
    }
    let resumed = healed.elapsed().as_secs_f64();
    finish(&desk, &mut ledger, Duration::from_secs(600));
    let tally = ledger.check_exactly_once();
    say(&format!(
        "full disks for two minutes: {ended} of 3 brokers ended; {tally}; goes on {resumed:.1} s after they are back, {} MiB \
         resident",
        peak >> 20
    ));
    assert!(peak <= (64 << 20) + crate::memory::BESIDE_BUDGET, "{} MiB", peak >> 20);
    running.stop();
}
