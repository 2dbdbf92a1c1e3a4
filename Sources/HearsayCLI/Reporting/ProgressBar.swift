import Foundation
import HearsayRunner
import HearsayText

/// A line on a terminal that is written over while the run goes on:
/// `[######··············] 31 %, 12,345 documents, 190 MB, 18.1 MB/s, 2 min left, 3 failed`.
struct ProgressBar: Sendable {
  let extent: WorkEstimate
  private static let width = 20

  /// `nil` where standard error is no terminal.
  static func onTerminal(_ extent: WorkEstimate) -> ProgressBar? {
    isatty(STDERR_FILENO) == 1 ? ProgressBar(extent: extent) : nil
  }

  func show(_ progress: RunObserver.Progress) {
    let line = Self.line(progress, extent, columns: Self.columns)
    StandardError.write(Array("\r\u{1B}[K\(line.safeForTerminal)".utf8))
  }

  func clear() { StandardError.write(Array("\r\u{1B}[K".utf8)) }

  /// The line, cut to the width of the terminal where that is known: what is wrapped could not be written over.
  static func line(_ progress: RunObserver.Progress, _ extent: WorkEstimate, columns: Int?) -> String {
    var line = progress.shown(extent)
    if let share = progress.share(of: extent) {
      let filled = Int(share * Double(width))
      line = "[\(String(repeating: "#", count: filled))\(String(repeating: "·", count: width - filled))] \(line)"
    }
    return columns.map { String(line.prefix(max($0 - 1, 0))) } ?? line
  }

  /// The terminal's width; `nil` where it does not say.
  private static var columns: Int? {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

extension RunObserver.Progress {
  /// How much of the run is done, from 0 to 1.
  func share(of extent: WorkEstimate) -> Double? { extent.share(bytes: bytes, documents: documents) }

  /// Bytes a second, since the run was started or resumed.
  var bytesPerSecond: Double { Double(bytes - bytesBefore) / max(session, 0.001) }

  /// Seconds since then.
  private var session: Double { (elapsed - elapsedBefore) / .seconds(1) }

  /// How far the run is, in one line.
  func shown(_ extent: WorkEstimate) -> String {
    var parts = ["\(documents.grouped) documents"]
    let share = share(of: extent)
    if let share { parts.insert("\(Int(share * 100)) %", at: 0) }
    parts.append(String(format: "%.0f MB", Double(bytes) / 1e6))
    parts.append(String(format: "%.1f MB/s", bytesPerSecond / 1e6))
    if let share, share < 1, let before = extent.share(bytes: bytesBefore, documents: report.documentsBefore),
      share > before
    {
      parts.append("\(shownTime(session * (1 - share) / (share - before))) left")
    }
    if failures > 0 { parts.append("\(failures.grouped) failed") }
    return parts.joined(separator: ", ")
  }
}

/// `45 s`, `12 min`, `3 h 20 min`
private func shownTime(_ seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
  switch whole {
  case ..<90: return "\(whole) s"
  case ..<5400: return "\((whole + 30) / 60) min"
  default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
