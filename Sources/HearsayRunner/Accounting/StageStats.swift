internal import Foundation
internal import Hearsay

/// What one stage has done, for one batch or for a run.
struct StageStats: Sendable, Hashable {
  var documents = 0
  var failures = 0
  var drops = 0
  /// Bytes of text that the stage was given.
  var bytes = 0
  /// Time spent, summed over the workers.
  var nanoseconds: UInt64 = 0
  /// What the stage reports of its work.
  var counts = StageCounters()

  static func += (a: inout StageStats, b: StageStats) {
    a.documents += b.documents
    a.failures += b.failures
    a.drops += b.drops
    a.bytes += b.bytes
    a.nanoseconds &+= b.nanoseconds
    a.counts += b.counts
  }

  /// Counts a document that the stage is given.
  mutating func begin(_ document: Document) {
    documents += 1
    bytes += document.utf8.count
  }

  /// Takes over what the stage reports of its work on the document.
  mutating func end(_ document: inout Document) {
    if !document.counts.isEmpty { counts += document.counts.drain() }
  }

  /// Adds the time since `time`, which becomes now.
  mutating func addElapsed(_ time: inout UInt64) {
    let now = monotonicNanoseconds()
    nanoseconds &+= now &- time
    time = now
  }
}

/// Time since some moment, in nanoseconds; never goes back.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
