internal import Hearsay

/// Whether two stages write the same file, of which one would be lost.
struct OutputCheck {
  let steps: [StageEntry]

  func run(_ diagnostics: inout [Diagnostic]) {
    var writers: [String: StageEntry] = [:]
    for step in steps {
      for output in Set(step.stage?.sinkOutputs ?? []) {
        // Lines can follow each other on standard output and devices.
        guard output != "-", !output.hasPrefix("/dev/") else { continue }
        let path = Self.normal(output)
        if let first = writers[path] {
          diagnostics.append(Diagnostic(.sameOutput(output, of: first.name, line: first.place.line), at: step.place))
        }
        writers[path] = writers[path] ?? step
      }
    }
  }

  /// The path without what says nothing: `./a//b` is `a/b`.
  private static func normal(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

extension Diagnostic.Message {
  static func sameOutput(_ path: String, of stage: String, line: Int) -> Self {
    Self("'\(path)' is written by '\(stage)' on line \(line) already; give each stage a file of its own")
  }
}
