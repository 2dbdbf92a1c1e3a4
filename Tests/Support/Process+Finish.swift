public import Foundation

/// What a program left when it ended.
public struct FinishedProgram: Sendable {
  public var status: Int32
  public var output: Data
  public var errors: Data
}

extension Process {
  /// A program on the PATH with its arguments.
  public convenience init(_ command: String...) {
    self.init()
    executableURL = URL(fileURLWithPath: "/usr/bin/env")
    arguments = command
  }

  /// Runs the program until it ends.
  ///
  /// The standard input of the tests is never passed on: it may be a pipe that stays open for ever. Files stand at both
  /// sides, not pipes: nothing can wait for a reader or a writer.
  public func finish(input: Data = Data()) throws -> FinishedProgram {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ data: Data = Data()) throws -> URL {
      let file = folder.appendingPathComponent(name)
      try data.write(to: file)
      return file
    }
    let output = try file("stdout")
    let errors = try file("stderr")
    standardInput = try FileHandle(forReadingFrom: file("stdin", input))
    standardOutput = try FileHandle(forWritingTo: output)
    standardError = try FileHandle(forWritingTo: errors)
    try run()
    waitUntilExit()
    return try FinishedProgram(
      status: terminationStatus, output: Data(contentsOf: output), errors: Data(contentsOf: errors))
  }
}
