import Foundation
import HearsayRunner

/// A line on a terminal that is written over while the run goes on:
/// `[######······] 48 %  12,345 documents  18 MB/s  2 min left  3 failed`.
struct ProgressBar: Sendable {
  /// The length of all inputs; `nil` where it is not known.
  var totalBytes: Int?
  private static let width = 20

  /// `nil` where standard error is no terminal.
  static func onTerminal(totalBytes: Int?) -> ProgressBar? {
    isatty(STDERR_FILENO) == 1 ? ProgressBar(totalBytes: totalBytes) : nil
  }

  /// The length of the inputs together, where they are files that are read as they are.
  static func totalBytes(of inputs: [String]) -> Int? {
    guard !inputs.isEmpty else { return nil }
    var total = 0
    for path in inputs {
      let isPacked = [".gz", ".zst", ".zip", ".tgz", ".tar"].contains { path.lowercased().hasSuffix($0) }
      var status = stat()
      guard !isPacked, unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      total += Int(status.st_size)
    }
    return total
  }

  func show(_ progress: RunObserver.Progress) {
    var parts = [progress.shown(totalBytes: totalBytes)]
    if let share = progress.share(of: totalBytes) {
      let filled = Int(share * Double(Self.width))
      let bar = String(repeating: "#", count: filled) + String(repeating: "·", count: Self.width - filled)
      parts.insert("[\(bar)]", at: 0)
    }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(parts.joined(separator: " "))".utf8))
  }

  func clear() { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
}

extension RunObserver.Progress {
  /// How much of the inputs is done, from 0 to 1.
  func share(of totalBytes: Int?) -> Double? {
    guard let totalBytes, totalBytes > 0 else { return nil }
    return min(Double(bytes) / Double(totalBytes), 1)
  }

  /// Bytes a second, since the run was begun or taken up again.
  var bytesPerSecond: Double {
    Double(bytes - bytesBefore) / max((elapsed - elapsedBefore) / .seconds(1), 0.001)
  }

  /// How far the run is, in one line.
  func shown(totalBytes: Int?) -> String {
    var parts = ["\(documents) documents"]
    if let share = share(of: totalBytes) { parts.insert(String(format: "%.0f %%", share * 100), at: 0) }
    parts.append(String(format: "%.0f MB", Double(bytes) / 1e6))
    parts.append(String(format: "%.1f MB/s", bytesPerSecond / 1e6))
    if let totalBytes, bytesPerSecond > 0, totalBytes > bytes {
      parts.append("\(shownTime(Double(totalBytes - bytes) / bytesPerSecond)) left")
    }
    if failures > 0 { parts.append("\(failures) failed") }
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
