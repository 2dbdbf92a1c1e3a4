import Foundation

/// How many times as long a body takes for four times the size: about 4 where its work is linear, 16 where it is quadratic.
///
/// Processor time of this thread, which other work on the machine stretches little; of up to ten tries the least.
///
/// - Parameter body: Does its work for a size, on the thread that calls it.
public func growth(from size: Int, of body: (Int) throws -> Void) rethrows -> Double {
  // What is read or made once, as models are.
  try body(size / 4)
  var least = Double.infinity
  for _ in 0..<10 where least > 6 {
    let small = try processorTime { try body(size) }
    least = min(least, try processorTime { try body(4 * size) } / max(small, 1e-6))
  }
  return least
}

/// The seconds that this thread works for `body`.
private func processorTime(_ body: () throws -> Void) rethrows -> Double {
  func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  let start = now()
  try body()
  return now() - start
}
