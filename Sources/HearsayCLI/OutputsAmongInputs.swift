import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner

extension RunOptions {
  /// Refuses a run that would write over a file that it reads.
  func refuseOutputsAmongInputs(_ steps: [RunPlan.Step]) throws {
    let read = inputs.filter { $0 != "-" }.compactMap { input in FileIdentity(input).map { ($0, input) } }
    for output in steps.flatMap(\.stage.outputs) where output != "-" {
      guard let file = FileIdentity(output), let input = read.first(where: { $0.0 == file })?.1 else { continue }
      throw ValidationError("'\(output)' is an input ('\(input)') and would be written over; name another output")
    }
  }
}

/// Which file a path leads to, whatever way. Folders and devices have none.
private struct FileIdentity: Equatable {
  private let device: UInt64
  private let number: UInt64

  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
