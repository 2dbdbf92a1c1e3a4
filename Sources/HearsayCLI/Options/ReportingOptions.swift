import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams
import Synchronization

/// How a run is seen while it goes on and at its end.
struct ReportingOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "No table and no progress; failures are still reported.")
  var quiet = false

  @Option(help: "Lines on standard error: text, or json, an object a line.")
  var logFormat = RunLog.Format.text

  @Option(
    help: "Write metrics to this file in the text format of Prometheus, during the run and at its end.",
    completion: .file())
  var metrics: String?

  @Option(help: "Serve the same at http://127.0.0.1:PORT/metrics while the run goes on.")
  var metricsPort: UInt16?

  private static let linesEvery = Duration.seconds(30)
  private static let metricsEvery = Duration.seconds(2)

  /// What is reported of the run.
  ///
  /// - Parameters:
  ///   - inputs: By whose length progress is measured.
  ///   - settings: Which part of them is read.
  ///   - showsProgress: Whether this verb reports it at all.
  func watch(_ inputs: [String], _ settings: InputSettings, showsProgress: Bool) throws -> RunReporter {
    let extent = quiet || !showsProgress ? WorkEstimate(bytes: nil) : WorkEstimate(of: inputs, settings)
    var log = RunLog(format: logFormat)
    if !quiet, showsProgress, logFormat == .text { log.bar = ProgressBar.onTerminal(extent) }
    let server = try metricsPort.map { port in
      do throws(ListenError) {
        return try MetricsServer(port: port)
      } catch {
        throw ValidationError("--metrics-port: cannot listen at 127.0.0.1:\(port): \(error)")
      }
    }
    let linesEvery = quiet || !showsProgress || log.bar != nil ? nil : Self.linesEvery
    return RunReporter(
      log: log, extent: extent, linesEvery: linesEvery, metricsPath: metrics, metricsEvery: Self.metricsEvery,
      server: server)
  }
}

/// Tells of one run, to people and to programs.
final class RunReporter: Sendable {
  let log: RunLog
  private let extent: WorkEstimate
  private let linesEvery: Duration?
  private let metricsPath: String?
  private let metricsEvery: Duration
  private let server: MetricsServer?
  /// When the last line and the last metrics were written, by the time of the run.
  private let last = Mutex((line: Duration.zero, metrics: Duration.zero))
  private let metricsFailed = Atomic(false)

  init(
    log: RunLog, extent: WorkEstimate, linesEvery: Duration?, metricsPath: String?, metricsEvery: Duration,
    server: MetricsServer?
  ) {
    self.log = log
    self.extent = extent
    self.linesEvery = linesEvery
    self.metricsPath = metricsPath
    self.metricsEvery = metricsEvery
    self.server = server
  }

  var observer: RunObserver {
    var observer = RunObserver()
    observer.failure = { [log] failure in
      log.write(
        .error, "\(failure)",
        [
          ("event", "failure"), ("id", .string(failure.id)), ("path", .string(failure.path)),
          ("line", failure.line.map { .number("\($0)") } ?? .null),
          ("stage", failure.stage.map { .string($0) } ?? .null),
        ])
    }
    observer.notice = { [log] in log.write(.notice, "\($0)", [("event", "notice"), ("path", .string($0.path))]) }
    observer.message = { [log] in log.write(.info, "\($0)", [("event", "stage"), ("stage", .string($0.stage))]) }
    observer.progress = { self.show($0) }
    return observer
  }

  private func show(_ progress: RunObserver.Progress) {
    log.bar?.show(progress)
    let (line, metrics) = last.withLock { last in
      let session = progress.elapsed - progress.elapsedBefore
      let isLineDue = linesEvery.map { session - last.line >= $0 } ?? false
      if isLineDue { last.line = session }
      let areMetricsDue = session - last.metrics >= metricsEvery
      if areMetricsDue { last.metrics = session }
      return (isLineDue, areMetricsDue)
    }
    if line {
      log.write(
        .info, progress.shown(extent),
        [
          ("event", "progress"), ("documents", .number("\(progress.documents)")),
          ("bytes", .number("\(progress.bytes)")), ("failed", .number("\(progress.failures)")),
        ])
    }
    server?.serve(progress.report)
    if metrics { writeMetrics(progress.report) }
  }

  /// The run is over.
  func end(_ report: RunReport) {
    log.bar?.clear()
    server?.stop()
    writeMetrics(report)
  }

  private func writeMetrics(_ report: RunReport) {
    guard let metricsPath, !metricsFailed.load(ordering: .relaxed) else { return }
    do {
      try Array(report.metrics.utf8).replaceFile(at: metricsPath, isDurable: false)
    } catch {
      // Not worth the run; once is enough to say so.
      metricsFailed.store(true, ordering: .relaxed)
      log.write(.error, "\(error)", [("event", "metrics")])
    }
  }
}
