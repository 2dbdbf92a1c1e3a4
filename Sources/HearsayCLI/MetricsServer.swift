import Dispatch
import FlyingFox
import FlyingSocks
import Foundation
import HearsayRunner
import Synchronization

/// Serves a run's metrics to whoever asks on this machine.
final class MetricsServer: Sendable {
  private let latest = Mutex<RunReport?>(nil)

  /// Listens at the port of the loopback interface until the process ends.
  init(port: UInt16) throws {
    let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
    let start = Start()
    Task.detached { [self] in
      await server.appendRoute("GET /metrics") { [self] _ in
        let text = latest.withLock { $0 }?.metrics ?? ""
        return HTTPResponse(
          statusCode: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"], body: Data(text.utf8))
      }
      do {
        try await server.run()
      } catch {
        start.fail(error)
      }
    }
    Task.detached {
      do {
        try await server.waitUntilListening(timeout: 5)
        start.succeed()
      } catch {
        start.fail(error)
      }
    }
    try start.wait()
  }

  func serve(_ report: RunReport) { latest.withLock { $0 = report } }
}

/// Whether the server has come to listen: one answer, for one thread that waits for it.
private final class Start: Sendable {
  private let outcome = Mutex<Result<Void, any Error>?>(nil)
  private let isDecided = DispatchSemaphore(value: 0)

  func succeed() { decide(.success(())) }
  func fail(_ error: any Error) { decide(.failure(error)) }

  private func decide(_ result: Result<Void, any Error>) {
    outcome.withLock { $0 = $0 ?? result }
    isDecided.signal()
  }

  func wait() throws {
    isDecided.wait()
    try outcome.withLock { $0 }?.get()
  }
}
