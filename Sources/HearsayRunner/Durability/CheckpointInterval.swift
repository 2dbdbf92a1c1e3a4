internal import Foundation

/// How far two checkpoints are apart: in time, or in bytes of the input.
public enum CheckpointInterval: Sendable, Hashable {
  case time(Duration)
  case bytes(Int)

  public static let usual = CheckpointInterval.time(.seconds(10))

  /// `10s`, `500ms`, `2m`, `64MB`, `1GB`; `nil` where it is none of these.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let (factor, isTime): (Int, Bool)
    switch text[digits.endIndex...] {
    case "ms": (factor, isTime) = (1, true)
    case "s": (factor, isTime) = (1_000, true)
    case "m": (factor, isTime) = (60_000, true)
    case "h": (factor, isTime) = (3_600_000, true)
    case "kB", "KB": (factor, isTime) = (1_000, false)
    case "MB": (factor, isTime) = (1_000_000, false)
    case "GB": (factor, isTime) = (1_000_000_000, false)
    default: return nil
    }
    let (product, overflows) = number.multipliedReportingOverflow(by: factor)
    guard !overflows else { return nil }
    self = isTime ? .time(.milliseconds(product)) : .bytes(product)
  }

  /// Says after which batches of a run a checkpoint stands.
  struct CheckpointSchedule: Sendable {
    let interval: CheckpointInterval
    private var last = monotonicNanoseconds()
    private var bytes = 0

    init(_ interval: CheckpointInterval) { self.interval = interval }

    /// Whether a checkpoint stands after this batch.
    ///
    /// - Parameter isFree: Whether the checkpoint before is in the journal: until then none is due.
    mutating func isDue(after batchBytes: Int, isFree: Bool) -> Bool {
      bytes += batchBytes
      let now = monotonicNanoseconds()
      let isDue =
        switch interval {
        case .time(let time): Duration.nanoseconds(Int64(clamping: now &- last)) >= time
        case .bytes(let most): bytes >= most
        }
      guard isDue, isFree else { return false }
      (last, bytes) = (now, 0)
      return true
    }
  }
}
