internal import Foundation

/// Bounds how many calls of a batch stage run at once.
final class CallLimit: @unchecked Sendable {  // `free` is touched with `condition` locked only.
  private let condition = NSCondition()
  private var free: Int

  /// `nil` where there is no limit.
  init?(_ limit: Int?) {
    guard let limit else { return nil }
    free = limit
  }

  /// Waits until a call may begin.
  func acquire() {
    condition.lock()
    while free == 0 { condition.wait() }
    free -= 1
    condition.unlock()
  }

  func release() {
    condition.lock()
    free += 1
    condition.signal()
    condition.unlock()
  }
}
