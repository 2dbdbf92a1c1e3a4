import Foundation
import HearsayRunner
import Synchronization

/// Serves a run's metrics at `http://127.0.0.1:PORT/metrics`, to programs on this machine.
///
/// One thread serves all connections, and no client can make it wait: see `MetricsConnections`.
final class MetricsServer: Sendable {
  private let latest: LatestReport
  /// Closing it ends the thread.
  private let stopDescriptor: Atomic<Int32>

  /// Listens at the port of the loopback interface until `stop()`.
  init(port: UInt16) throws(ListenError) {
    let listener = try Self.listen(at: port)
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      defer { close(listener) }
      throw ListenError(code: errno)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let latest = LatestReport()
    self.latest = latest
    stopDescriptor = Atomic(ends[1])
    let stopped = ends[0]
    Self.startThread {
      var connections = MetricsConnections(listener: listener, stopped: stopped) { latest.metrics }
      connections.serve()
    }
  }

  deinit { stop() }

  func serve(_ report: RunReport) { latest.report.withLock { $0 = report } }

  /// Drops all connections and closes the port.
  func stop() {
    let descriptor = stopDescriptor.exchange(-1, ordering: .relaxed)
    if descriptor >= 0 { close(descriptor) }
  }

  private static func listen(at port: UInt16) throws(ListenError) -> Int32 {
    #if os(Linux)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let listener = socket(AF_INET, kind, 0)
    guard listener >= 0 else { throw ListenError(code: errno) }
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    var isOn: Int32 = 1
    unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(listener, $0, size) } == 0
    }
    guard isBound, Foundation.listen(listener, 64) == 0 else {
      defer { close(listener) }
      throw ListenError(code: errno)
    }
    return listener
  }

  /// Starts a thread that takes no signals: those that end a run belong to another thread.
  private static func startThread(_ body: @escaping @Sendable () -> Void) {
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    let thread = Thread(block: body)
    thread.name = "hearsay-metrics"
    thread.start()
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

/// Why a port cannot be listened at.
struct ListenError: Error, CustomStringConvertible {
  /// The system's error number.
  var code: Int32

  var description: String { unsafe String(cString: strerror(code)).lowercased() }
}

private final class LatestReport: Sendable {
  let report = Mutex<RunReport?>(nil)

  var metrics: String { report.withLock { $0 }?.metrics ?? "" }
}
