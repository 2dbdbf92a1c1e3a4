import Foundation

/// The connections of the metrics server, on one thread over `poll`.
///
/// Bounds: the number of connections, the time and the bytes of each. Where one more comes, the oldest is dropped, so that
/// silent clients keep nobody out.
struct MetricsConnections {
  private static let maximumConnections = 16
  private static let timeout = Duration.seconds(5)
  /// How long to accept nothing after the process ran out of descriptors and none of them are ours.
  private static let pause = Duration.milliseconds(200)

  let listener: Int32
  /// Readable once the server must stop.
  let stopped: Int32
  let page: () -> String
  /// The oldest first.
  private var connections: [Connection] = []
  private var pausedUntil: ContinuousClock.Instant?

  init(listener: Int32, stopped: Int32, page: @escaping () -> String) {
    self.listener = listener
    self.stopped = stopped
    self.page = page
  }

  private struct Connection {
    let descriptor: Int32
    let deadline: ContinuousClock.Instant
    var phase = Phase.reading
    var request: [UInt8] = []
    var response: [UInt8] = []
    var written = 0
  }

  private enum Phase {
    case reading, writing
    /// The answer is sent, and what the client still sends is thrown away: with bytes unread, the system would reset
    /// the connection and the client might lose the answer.
    case draining
    case done
  }

  /// Serves until `stopped` is readable, then closes all.
  mutating func serve() {
    while true {
      let now = ContinuousClock.now
      if let end = pausedUntil, end <= now { pausedUntil = nil }
      var polled = [
        pollfd(fd: stopped, events: Int16(POLLIN), revents: 0),
        // A negative descriptor is passed over.
        pollfd(fd: pausedUntil == nil ? listener : -1, events: Int16(POLLIN), revents: 0),
      ]
      polled += connections.map {
        pollfd(fd: $0.descriptor, events: Int16($0.phase == .writing ? POLLOUT : POLLIN), revents: 0)
      }
      let count = unsafe poll(&polled, nfds_t(polled.count), milliseconds(from: now))
      if count < 0, errno != EINTR { usleep(50_000) }
      guard count >= 0 else { continue }
      if polled[0].revents != 0 { break }
      for index in connections.indices where polled[index + 2].revents != 0 { advance(&connections[index]) }
      let after = ContinuousClock.now
      drop { $0.phase == .done || $0.deadline <= after }
      if polled[1].revents != 0 { accept() }
    }
    drop { _ in true }
    close(listener)
    close(stopped)
  }

  /// How long nothing is due; negative where nothing ever is.
  private func milliseconds(from now: ContinuousClock.Instant) -> Int32 {
    guard let next = ([pausedUntil].compactMap(\.self) + connections.map(\.deadline)).min() else { return -1 }
    return Int32(max(0, (next - now) / .milliseconds(1)).rounded(.up))
  }

  private mutating func drop(where isDropped: (Connection) -> Bool) {
    for connection in connections where isDropped(connection) { close(connection.descriptor) }
    connections.removeAll(where: isDropped)
  }

  private mutating func dropOldest() {
    guard !connections.isEmpty else { return }
    close(connections.removeFirst().descriptor)
  }

  // MARK: Accepting

  private mutating func accept() {
    // Not without end: those that are here want their turn.
    for _ in 0..<Self.maximumConnections {
      let descriptor = Self.accept(from: listener)
      if descriptor >= 0 {
        if connections.count >= Self.maximumConnections { dropOldest() }
        connections.append(Connection(descriptor: descriptor, deadline: .now + Self.timeout))
        continue
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return
      default:
        // Out of descriptors or memory, most likely: the connection waits, and `poll` would report it at once.
        if connections.isEmpty { pausedUntil = .now + Self.pause }
        dropOldest()
      }
      if pausedUntil != nil { return }
    }
  }

  private static func accept(from listener: Int32) -> Int32 {
    let descriptor = Foundation.accept(listener, nil, nil)
    guard descriptor >= 0 else { return descriptor }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    return descriptor
  }

  // MARK: One connection

  private func advance(_ connection: inout Connection) {
    switch connection.phase {
    case .reading: receive(&connection)
    case .writing: send(&connection)
    case .draining: if read(connection.descriptor).map(\.isEmpty) ?? false { connection.phase = .done }
    case .done: break
    }
  }

  private func receive(_ connection: inout Connection) {
    guard let bytes = read(connection.descriptor) else { return }
    connection.request += bytes
    if let response = MetricsRequest.response(to: connection.request, metrics: page) {
      connection.response = response
      connection.phase = .writing
      send(&connection)
    } else if bytes.isEmpty {
      connection.phase = .done
    }
  }

  private func send(_ connection: inout Connection) {
    let written = connection.written
    let count = unsafe connection.response.withUnsafeBytes { bytes in
      unsafe Foundation.write(
        connection.descriptor, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
    }
    if count < 0 {
      if errno != EAGAIN, errno != EINTR { connection.phase = .done }
      return
    }
    connection.written += count
    guard connection.written == connection.response.count else { return }
    shutdown(connection.descriptor, Int32(SHUT_WR))
    connection.phase = .draining
  }

  /// Some bytes; none at the end or where the connection is broken, `nil` where there are none yet.
  private func read(_ descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { bytes in
      unsafe Foundation.read(descriptor, bytes.baseAddress, bytes.count)
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR ? nil : [] }
    return Array(bytes.prefix(count))
  }
}
