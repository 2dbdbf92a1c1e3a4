internal import Foundation
internal import Hearsay

/// What one stage has done, for one batch or for a run.
struct Tally: Sendable, Hashable {
  var documents = 0
  var failures = 0
  var drops = 0
  /// Bytes of text at the stage's entry.
  var bytes = 0
  /// Time spent, summed over the workers.
  var nanoseconds: UInt64 = 0
  /// What the stage reports of its work.
  var counts = StageCounters()

  static func += (a: inout Tally, b: Tally) {
    a.documents += b.documents
    a.failures += b.failures
    a.drops += b.drops
    a.bytes += b.bytes
    a.nanoseconds &+= b.nanoseconds
    a.counts += b.counts
  }
}

/// Time since some moment, in nanoseconds; never goes back.
func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
}
