use super::*;
use crate::record::Offset;

fn partition() -> TopicPartition {
    TopicPartition { topic: "news.raw".into(), partition: 0 }
}

fn check(extent: (i64, i64), reach: Reach, delivered: Option<i64>, expected: Option<i64>) {
    let progress = Progress::new(Duration::from_secs(60), Duration::ZERO);
    progress.assigned(3, &[partition()]);
    if let Some(last) = delivered {
        progress.delivered(&partition(), Offset(last).next(), None);
    }
    progress.reached(3, &partition(), reach);
    // Another client's word on the same partition.
    progress.reached(4, &partition(), Reach { committed: Some(1), ..Reach::default() });
    progress.extends(&partition(), Extent { low: extent.0, end: extent.1 });
    assert_eq!(progress.partitions()[0].lag_records, expected, "{extent:?} {reach:?} {delivered:?}");
}

#[test]
fn lag_is_what_is_not_yet_delivered() {
    let reach = |committed, fetched_to, taken_to, queued| Reach { committed, fetched_to, taken_to, queued };
    let nothing = Reach::default();
    check((0, 10), nothing, None, Some(10));
    check((4, 10), nothing, None, Some(6));
    check((0, 10), reach(Some(7), None, None, 0), None, Some(3));
    check((0, 10), reach(Some(7), None, None, 0), Some(8), Some(1));
    // An empty partition without a commit, and one that is read from its end.
    check((0, 0), reach(None, Some(0), None, 0), None, Some(0));
    check((2, 9), reach(None, Some(8), None, 3), None, Some(4));
    // Expired records are no lag.
    check((9, 10), reach(Some(2), None, None, 0), None, Some(1));
    // The last offset is a transaction marker.
    check((0, 10), reach(Some(9), Some(10), Some(9), 0), Some(8), Some(0));
    check((0, 10), reach(Some(9), Some(10), None, 0), None, Some(0));
    // Fetched but not yet delivered is lag, handed over or not.
    check((0, 10), reach(Some(5), Some(10), Some(9), 0), Some(4), Some(5));
    check((0, 10), reach(Some(5), Some(10), None, 5), None, Some(5));
}

#[tokio::test(start_paused = true)]
async fn a_partition_stalls_while_it_has_records_and_the_brokers_answer() {
    let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(30));
    let extends = |end| progress.extends(&partition(), Extent { low: 0, end });
    let stalled =
        || progress.stalled(0).into_iter().map(|stalled| (stalled.resume, stalled.time.as_secs())).collect::<Vec<_>>();
    progress.assigned(0, &[partition()]);
    progress.delivered(&partition(), Offset(4).next(), None);
    extends(9);
    tokio::time::advance(Duration::from_secs(29)).await;
    extends(9);
    assert_eq!(stalled(), []);
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(stalled(), [(Some(5), 30)]);
    assert!(progress.partitions()[0].is_stalled);
    assert_eq!(progress.stalled(1), [], "it is not that worker's");
    // Brokers that have not answered for a while are no stall.
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(stalled(), []);
    extends(9);
    assert_eq!(stalled(), [(Some(5), 41)]);
    progress.delivered(&partition(), Offset(5).next(), None);
    assert_eq!(stalled(), []);
    // Nothing is left: nothing can stand still.
    progress.delivered(&partition(), Offset(8).next(), None);
    tokio::time::advance(Duration::from_secs(60)).await;
    extends(9);
    assert_eq!(stalled(), []);
}

#[tokio::test(start_paused = true)]
async fn lag_in_seconds_is_how_long_the_next_record_has_waited_at_most() {
    let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(30));
    let extends = |end| progress.extends(&partition(), Extent { low: 0, end });
    let lag = || progress.partitions()[0].lag_seconds;
    let wait = |seconds| tokio::time::advance(Duration::from_secs(seconds));
    progress.assigned(0, &[partition()]);
    assert_eq!(lag(), None, "nothing is known yet");
    wait(5).await;
    extends(9);
    assert_eq!(lag(), Some(5), "no record was delivered: as long as this process has it");
    // A record of an hour ago was delivered; the next one may be as old.
    let hour_ago = unix_seconds() * 1000 - 3_600_000;
    progress.delivered(&partition(), Offset(3).next(), Some(hour_ago));
    assert!((3_600..3_660).contains(&lag().unwrap()), "{:?}", lag());
    progress.delivered(&partition(), Offset(8).next(), Some(hour_ago));
    extends(9);
    assert_eq!(lag(), Some(0));
    // What comes after everything was delivered has not waited for an hour, however old the last record is.
    wait(4).await;
    extends(10);
    assert_eq!(lag(), Some(4));
    // What the brokers told a while ago is not shown as what is.
    wait(31).await;
    assert_eq!((lag(), progress.partitions()[0].lag_records), (None, None));
    extends(10);
    assert_eq!(lag(), Some(35));
    // New clients do not forget it.
    progress.left(0);
    progress.assigned(0, &[partition()]);
    extends(10);
    assert_eq!(lag(), Some(35));
}

#[test]
fn ready_means_joined_and_live_means_ticking() {
    let progress = Progress::new(Duration::ZERO, Duration::ZERO);
    assert!(progress.ready().is_err());
    assert!(progress.live().is_ok());
    progress.assigned(0, &[]);
    assert!(progress.ready().is_ok());
    assert!(progress.missing(vec!["news.raw".to_owned()]));
    assert!(!progress.missing(vec!["news.raw".to_owned()]));
    assert_eq!(progress.ready(), Err("raw topic news.raw does not exist".to_owned()));
    assert!(progress.missing(Vec::new()));
    assert!(progress.ready().is_ok());
    progress.failed("no rights");
    assert_eq!(progress.ready(), Err("failed: no rights".to_owned()));
    // With no time to be busy, a loop is stuck as soon as the clock has moved.
    while progress.live().is_ok() {
        std::hint::spin_loop();
    }
    progress.ended(0);
    assert!(progress.live().is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_process_without_partitions_is_not_ready_while_brokers_are_silent() {
    let progress = Progress::new(Duration::from_secs(60), Duration::from_secs(60));
    progress.assigned(0, &[]);
    tokio::time::advance(Duration::from_secs(30)).await;
    assert!(progress.ready().is_ok());
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(progress.ready(), Err("the brokers have not answered for 31 s".to_owned()));
    progress.answered();
    assert!(progress.ready().is_ok());
}

#[test]
fn revoked_partitions_are_forgotten_unless_another_worker_has_them() {
    let progress = Progress::new(Duration::ZERO, Duration::ZERO);
    progress.assigned(0, &[partition()]);
    progress.assigned(1, &[partition()]);
    progress.revoked(0, &[partition()]);
    assert_eq!(progress.assignment(), [partition()]);
    progress.revoked(1, &[partition()]);
    progress.assigned(1, &[partition()]);
    progress.left(0);
    assert_eq!(progress.assignment(), [partition()]);
    progress.left(1);
    progress.extends(&partition(), Extent { low: 0, end: 1 });
    assert!(progress.partitions().is_empty());
}
